namespace Trigger.Cli.Importing;

/// <summary>What a Python expression is that can be read without running it.</summary>
internal abstract record PythonValue
{
    public sealed record Text(string Value) : PythonValue;

    /// <summary>As it was written.</summary>
    public sealed record Number(string Value) : PythonValue;

    public sealed record Flag(bool Value) : PythonValue;

    public sealed record None : PythonValue;

    /// <summary>A list, a tuple or a set.</summary>
    public sealed record List(IReadOnlyList<PythonValue> Items) : PythonValue;

    public sealed record Map(IReadOnlyList<(PythonValue Key, PythonValue Value)> Items) : PythonValue;

    /// <summary>A call of something whose outcome only its name tells, such as <c>BounceWindow(green='5-7')</c>.</summary>
    public sealed record Call(string Name, IReadOnlyList<PythonValue> Arguments, IReadOnlyDictionary<string, PythonValue> Named) : PythonValue;

    private PythonValue() { }
}
