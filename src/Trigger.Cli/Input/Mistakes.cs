namespace Trigger.Cli.Input;

/// <summary>Everything wrong with the input, gathered so that it can be said at once and before any device is touched.</summary>
internal sealed class Mistakes
{
    private readonly List<string> found = [];

    public int Count => found.Count;

    public IReadOnlyList<string> All => found;

    public bool Any => found.Count > 0;

    public void Add(string mistake) => found.Add(mistake);

    public void Add(IEnumerable<string> mistakes) => found.AddRange(mistakes);

    /// <summary>Says them on <paramref name="to"/>, one a line, and returns the exit code for it.</summary>
    public int Say(TextWriter to)
    {
        foreach (var mistake in found)
            to.WriteLine($"trigger: {Printable(mistake)}");
        to.WriteLine(found.Count == 1 ? "trigger: nothing was done." : $"trigger: {found.Count} mistakes; nothing was done.");
        return ExitCode.BadInput;
    }

    // A mistake quotes what stood in somebody's file, and a terminal would obey what it says.
    private static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\uFFFD' : c)) : text;
}
