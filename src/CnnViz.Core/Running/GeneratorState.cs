using System.Buffers.Binary;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>
/// Keeps and restores the state of a random generator. <c>Generator.set_state</c> ends the process on a state that
/// libtorch refuses, so that everything that libtorch checks is checked here first.
/// </summary>
internal static class GeneratorState
{
    /// <summary>The name of the state in checkpoints.</summary>
    private const string Key = "generator";

    private const int NumberCount = 624;
    private const int LeftPosition = 8, SeededPosition = 12, NextPosition = 16;

    /// <summary>Keeps the state of a generator.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="generator">The generator.</param>
    public static void PutGenerator(this Checkpoint checkpoint, Generator generator)
    {
        using var state = generator.get_state();
        checkpoint.Put(Key, state);
    }

    /// <summary>Gives a generator the state that was kept.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="generator">The generator.</param>
    /// <exception cref="InvalidDataException">What was kept is no state of a generator.</exception>
    public static void RestoreGenerator(this Checkpoint checkpoint, Generator generator)
    {
        using var expected = generator.get_state();
        var state = checkpoint.Tensor(Key);
        var isAlike = state.dtype == expected.dtype && state.shape.SequenceEqual(expected.shape);
        if (!isAlike || !IsValid(state.bytes))
            throw new InvalidDataException("The state of the random generator is none.");
        generator.set_state(state);
    }

    /// <summary>The conditions of libtorch's Mersenne Twister on its position, in the layout in which libtorch writes it.</summary>
    private static bool IsValid(ReadOnlySpan<byte> state) =>
        BinaryPrimitives.ReadInt32LittleEndian(state[LeftPosition..]) is > 0 and <= NumberCount
        && BinaryPrimitives.ReadInt32LittleEndian(state[SeededPosition..]) == 1
        && BinaryPrimitives.ReadUInt64LittleEndian(state[NextPosition..]) <= NumberCount;
}
