using System.Buffers.Binary;

namespace CnnViz.Tests.Weights;

/// <summary>Damages a file as transfers, disks and attackers do: one to four times, by a seed.</summary>
internal static class Mutation
{
    private static readonly long[] Extremes = [0, 1, -1, byte.MaxValue, short.MaxValue, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40];

    public static byte[] Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        var bytes = whole.ToArray();
        for (var times = random.Next(1, 5); times > 0 && bytes.Length > 16; times--)
        {
            var at = Place(random, bytes.Length);
            var count = Math.Min(1 << random.Next(0, 12), bytes.Length - at);
            switch (random.Next(8))
            {
                case 0 or 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[at] = (byte)random.Next(256); break;
                case 3: bytes.AsSpan(at, count).Fill((byte)random.Next(256)); break;
                case 4: bytes.AsSpan(Place(random, bytes.Length - count), count).CopyTo(bytes.AsSpan(at)); break;
                case 5: bytes = bytes[..at]; break;
                case 6: bytes = [.. bytes[..at], .. bytes[(at + count)..]]; break;
                default: WriteExtreme(bytes.AsSpan(Math.Min(at, bytes.Length - 8)), random); break;
            }
        }
        return bytes;
    }

    /// <summary>Half of the time near an end, where headers, pickles and directories lie.</summary>
    private static int Place(Random random, int length)
    {
        var edge = Math.Min(length, 8192);
        return random.Next(4) switch
        {
            0 => random.Next(edge),
            1 => length - 1 - random.Next(edge),
            _ => random.Next(length),
        };
    }

    private static void WriteExtreme(Span<byte> place, Random random)
    {
        var value = Extremes[random.Next(Extremes.Length)];
        switch (random.Next(3))
        {
            case 0: BinaryPrimitives.WriteInt16LittleEndian(place, unchecked((short)value)); break;
            case 1: BinaryPrimitives.WriteInt32LittleEndian(place, unchecked((int)value)); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(place, value); break;
        }
    }
}
