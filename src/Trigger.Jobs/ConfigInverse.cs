using System.Text.RegularExpressions;

namespace Trigger.Jobs;

/// <summary>
/// The way back from one configuration to the other, for command lines where <c>no</c> in front of a line removes it and sub-modes are shown by indentation. What was replaced is typed
/// again; what is new is removed, the innermost first.
/// </summary>
public static class ConfigInverse
{
    private const string No = "no ";
    private const string Exit = "exit";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What to type in the configuration mode so that <paramref name="after"/> becomes <paramref name="before"/> again. Both without lines that differ each time.</summary>
    /// <param name="single">A pattern for the beginning of lines of which there is one: such a line is replaced by the old one and not removed first; null for none.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> before, IReadOnlyList<string> after, string? single = null)
    {
        var lines = new List<string>();
        Back(Tree(before), Tree(after), single is null ? null : new Regex(single, RegexOptions.CultureInvariant, Patience), lines);
        return lines;
    }

    private static void Back(List<Node> before, List<Node> after, Regex? single, List<string> lines)
    {
        foreach (var node in after.Where(node => Find(before, node) is null && !IsReplaced(before, node, single)).Reverse())
            lines.Add(node.Line.StartsWith(No, StringComparison.Ordinal) ? node.Line[No.Length..] : No + node.Line);

        foreach (var node in before)
        {
            var now = Find(after, node);
            if (now is null && !node.IsBlock)
            {
                lines.Add(node.Line);
                continue;
            }

            var inside = new List<string>();
            Back(node.Children, now?.Children ?? [], single, inside);
            if (now is null || inside.Count > 0)
                lines.AddRange([node.Line, .. inside, Exit]);
        }
    }

    private static bool IsReplaced(List<Node> before, Node node, Regex? single) =>
        single?.Match(node.Line) is { Success: true } kind && before.Exists(old => old.Line.StartsWith(kind.Value, StringComparison.Ordinal));

    private static Node? Find(List<Node> nodes, Node wanted) => nodes.Find(node => node.Line == wanted.Line);

    private static List<Node> Tree(IReadOnlyList<string> lines)
    {
        var roots = new List<Node>();
        var open = new Stack<(int Indent, Node Node)>();
        foreach (var line in lines)
        {
            var text = line.Trim();
            var indent = line.Length - line.TrimStart().Length;
            while (open.TryPeek(out var deeper) && deeper.Indent > indent)
                open.Pop();

            // It closes what indentation shows already, but for a mode with nothing in it.
            if (text == Exit && open.TryPeek(out var closed))
                closed.Node.IsBlock = true;
            if (text is "" or Exit or "end" || text.StartsWith('!') || text.StartsWith("exit-", StringComparison.Ordinal))
                continue;

            if (open.TryPeek(out var beside) && beside.Indent == indent)
                open.Pop();
            var node = new Node(text);
            if (open.TryPeek(out var parent))
                parent.Node.IsBlock = true;
            (parent.Node?.Children ?? roots).Add(node);
            open.Push((indent, node));
        }

        return roots;
    }

    private sealed class Node(string line)
    {
        public string Line => line;

        public List<Node> Children { get; } = [];

        /// <summary>Whether the line leads into a mode that must be left again.</summary>
        public bool IsBlock { get; set; }
    }
}
