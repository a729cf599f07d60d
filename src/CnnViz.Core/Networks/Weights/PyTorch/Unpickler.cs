using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>
/// Reads what Python's pickle protocols 2 to 5 write: a program for a small stack machine. Here it can make numbers, texts, containers and
/// descriptions of tensors, and nothing else; names lead to <see cref="PickleGlobals"/> and no further. It does not recurse, and steps and
/// lengths are limited, so what it is given costs no more than what it is worth.
/// </summary>
/// <param name="stream">The pickle from its first byte; left right behind its last.</param>
/// <param name="name">What to call the file in errors.</param>
/// <param name="persistent">Gives what the pickle keeps outside of itself: a storage, by its description.</param>
internal sealed class Unpickler(Stream stream, string name, Func<object?[], object?> persistent)
{
    // A training's checkpoint of a thousand parameters has 100,000; the objects that so many steps can make take less than 64 MB.
    private const int MaximumSteps = 300_000;
    private const int MaximumNameBytes = 512;
    private const int MaximumNumberBytes = 64;

    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];

    private object? Top => _stack.Count > 0 ? _stack[^1] : throw new FormatException("something looked for on an empty stack");

    /// <summary>Reads one pickle.</summary>
    /// <returns>Null, bool, long, BigInteger, double, string, byte[], object?[] (a tuple), List (a list or set), <see cref="PickleDictionary"/>,
    /// <see cref="TorchTensor"/>, <see cref="TorchStorage"/> or what a global stands for.</returns>
    /// <exception cref="CnnVizException"><c>ModelFileInvalid</c>; <c>WeightFileUnsafe</c>: it names anything but tensors and containers.</exception>
    public object? Load()
    {
        try
        {
            for (var step = 0; step < MaximumSteps; step++)
            {
                var code = Byte();
                if (code == '.')
                    return Pop();
                Execute((char)code);
            }
            throw new FormatException($"more than {MaximumSteps:N0} steps");
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or EndOfStreamException)
        {
            throw Errors.ModelFileInvalid(name, $"its pickle breaks off or is damaged: {failure.Message}", failure);
        }
    }

    private void Execute(char code)
    {
        switch (code)
        {
            case '\x80': CheckProtocol(Byte()); break;
            case '\x95': Length(8); break;

            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push((long)Byte()); break;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case '\x8a': PushNumber(Byte()); break;
            case '\x8b': PushNumber(Length(4)); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;

            case 'U' or '\x8c': Push(Text(Byte())); break;
            case 'T' or 'X': Push(Text(Length(4))); break;
            case '\x8d': Push(Text(Length(8))); break;
            case 'C': Push(Bytes(Byte())); break;
            case 'B': Push(Bytes(Length(4))); break;
            case '\x8e' or '\x96': Push(Bytes(Length(8))); break;

            case '(': _marks.Add(_stack.Count); break;
            case '0': Pop(); break;
            case '1': PopToMark(); break;
            case '2': Push(Top); break;

            case ')': Push(Array.Empty<object?>()); break;
            case '\x85': Push(Pop(1)); break;
            case '\x86': Push(Pop(2)); break;
            case '\x87': Push(Pop(3)); break;
            case 't': Push(PopToMark()); break;
            case ']' or '\x8f': Push(new List<object?>()); break;
            case 'l' or '\x91': Push(new List<object?>(PopToMark())); break;
            case 'a': Append([Pop()]); break;
            case 'e' or '\x90': Append(PopToMark()); break;
            case '}': Push(new PickleDictionary()); break;
            case 'd': PushDictionary(PopToMark()); break;
            case 's': SetItems(Pop(2)); break;
            case 'u': SetItems(PopToMark()); break;

            case 'q': _memo[Byte()] = Top; break;
            case 'r': _memo[Length(4)] = Top; break;
            case '\x94': _memo[_memo.Count] = Top; break;
            case 'h': Push(Memo(Byte())); break;
            case 'j': Push(Memo(Length(4))); break;

            case 'c': PushGlobal(Line(), Line()); break;
            case '\x93': PushGlobal(Pop(2)); break;
            case 'R' or '\x81': Call(Pop(2)); break;
            case 'b': Build(); break;
            case 'Q': Push(persistent(Pop<object?[]>())); break;
            default: throw new FormatException($"a step 0x{(int)code:x2}, which torch.save does not write");
        }
    }

    private static void CheckProtocol(byte protocol)
    {
        if (protocol is < 2 or > 5)
            throw new FormatException($"protocol {protocol}, expected 2 to 5");
    }

    private void PushGlobal(object?[] names)
    {
        if (names is not [string module, string member])
            throw new FormatException("a name that is no text");
        PushGlobal(module, member);
    }

    private void PushGlobal(string module, string member)
    {
        var global = $"{(module == "__builtin__" ? "builtins" : module)}.{member}";
        // A whole module begins with its class; the older format has the word 'module' before it.
        Push(PickleGlobals.Find(global) ?? throw (char.IsUpper(member.FirstOrDefault()) && _stack.TrueForAll(item => item is "module")
            ? Errors.WeightFileIsObject(name, global)
            : Errors.WeightFileUnsafe(name, global)));
    }

    private void Call(object?[] call) => Push(call is [PickleFunction function, object?[] arguments]
        ? function(arguments)
        : throw new FormatException("a call of something that is no function"));

    /// <summary>Attributes of a container, such as the versions of a state dict's layers, are not kept; nothing else has any.</summary>
    private void Build()
    {
        Pop();
        Peek<PickleDictionary>();
    }

    private void PushDictionary(object?[] items)
    {
        Push(new PickleDictionary());
        SetItems(items);
    }

    private void SetItems(object?[] items)
    {
        var dictionary = Peek<PickleDictionary>();
        if (items.Length % 2 != 0)
            throw new FormatException("a key without a value");
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Set(items[i], items[i + 1]);
    }

    private void Append(object?[] items) => Peek<List<object?>>().AddRange(items);

    private object? Memo(long key) => _memo.TryGetValue(key, out var value) ? value : throw new FormatException($"something remembered as {key} that was not");

    private void Push(object? value) => _stack.Add(value);

    private object? Pop() => Pop(1)[0];

    private T Pop<T>() => Pop() is T value ? value : throw new FormatException($"something else where a {typeof(T).Name} is due");

    private object?[] Pop(int count)
    {
        if (_stack.Count - count < (_marks.Count > 0 ? _marks[^1] : 0))
            throw new FormatException("something taken from an empty stack");
        var items = new object?[count];
        _stack.CopyTo(_stack.Count - count, items, 0, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw new FormatException("an end without a beginning");
        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return Pop(_stack.Count - mark);
    }

    private T Peek<T>() => Top is T value ? value : throw new FormatException($"something else where a {typeof(T).Name} is due");

    private void PushNumber(long length)
    {
        if (length > MaximumNumberBytes)
            throw new FormatException($"a number of {length} bytes");
        var number = new BigInteger(Bytes(length));
        if (number >= long.MinValue && number <= long.MaxValue)
            Push((long)number);
        else
            Push(number);
    }

    private string Line()
    {
        var line = new StringBuilder();
        for (var letter = Byte(); letter != '\n'; letter = Byte())
        {
            if (line.Length == MaximumNameBytes)
                throw new FormatException($"a name of more than {MaximumNameBytes} bytes");
            line.Append((char)letter);
        }
        return line.ToString();
    }

    private string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    private long Length(int bytes) => bytes == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)) : BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    private byte Byte()
    {
        var value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw new EndOfStreamException("it ends too early");
    }

    private byte[] Bytes(long count)
    {
        if (count < 0 || count > stream.Length - stream.Position)
            throw new EndOfStreamException($"{count} bytes are due, and {stream.Length - stream.Position} are left");
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
