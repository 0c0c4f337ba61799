namespace Trigger.Tests.Kernel.Semantics;

/// <summary>What happened, in order, one word for each thing.</summary>
internal sealed class Trace
{
    private readonly List<string> lines = [];

    public void Add(string line) => lines.Add(line);

    /// <summary>Only what one actor did, where several act at once.</summary>
    public string Of(string actor) => string.Join(" ; ", lines.Where(line => line.StartsWith(actor + ".", StringComparison.Ordinal) || line.StartsWith(actor + ":", StringComparison.Ordinal)));

    public int IndexOf(string line) => lines.IndexOf(line);

    public int LastIndexOf(string line) => lines.LastIndexOf(line);

    public override string ToString() => string.Join(" ; ", lines);
}
