namespace Trigger.Jobs;

/// <summary>
/// The way back from one configuration to the other, for command lines where <c>no</c> in front of a line removes it and sub-modes are shown by indentation. What was replaced is typed
/// again; what is new is removed, the innermost first.
/// </summary>
public static class ConfigInverse
{
    private const string No = "no ";
    private const string Exit = "exit";

    /// <summary>What to type in the configuration mode so that <paramref name="after"/> becomes <paramref name="before"/> again. Both without lines that differ each time.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var lines = new List<string>();
        Back(Tree(before), Tree(after), lines);
        return lines;
    }

    private static void Back(List<Node> before, List<Node> after, List<string> lines)
    {
        foreach (var node in after.Where(node => Find(before, node) is null).Reverse())
            lines.Add(node.Line.StartsWith(No, StringComparison.Ordinal) ? node.Line[No.Length..] : No + node.Line);

        foreach (var node in before)
        {
            var now = Find(after, node);
            if (now is null && node.Children.Count == 0)
            {
                lines.Add(node.Line);
                continue;
            }

            var inside = new List<string>();
            Back(node.Children, now?.Children ?? [], inside);
            if (now is null || inside.Count > 0)
                lines.AddRange([node.Line, .. inside, Exit]);
        }
    }

    private static Node? Find(List<Node> nodes, Node wanted) => nodes.Find(node => node.Line == wanted.Line);

    private static List<Node> Tree(IReadOnlyList<string> lines)
    {
        var roots = new List<Node>();
        var open = new Stack<(int Indent, Node Node)>();
        foreach (var line in lines)
        {
            var text = line.Trim();
            // "exit" and "end" close what indentation shows already; "!" stands between.
            if (text is "" or "!" or Exit or "end" || text.StartsWith('!') || text.StartsWith("exit-", StringComparison.Ordinal))
                continue;

            var indent = line.Length - line.TrimStart().Length;
            while (open.TryPeek(out var above) && above.Indent >= indent)
                open.Pop();
            var node = new Node(text, []);
            (open.TryPeek(out var parent) ? parent.Node.Children : roots).Add(node);
            open.Push((indent, node));
        }

        return roots;
    }

    private sealed record Node(string Line, List<Node> Children);
}
