using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Reads Junos <c>set</c>, <c>delete</c>, <c>deactivate</c> and <c>insert</c> lines into the tree that braces would give.</summary>
internal sealed class JunosSetLines(string text, ReadLimits limits, DiagnosticList said)
{
    private readonly JunosNode root = new([], new Position(1, 1)) { HasBraces = true };
    private List<Comment> comments = [];
    // Of the line that is being read, and of the comments right above it.
    private int lineStart;
    private int lineEnd;
    private int commentsStart = -1;
    private JunosNode? lastTerm;

    public JunosNode Read()
    {
        var number = 0;
        for (var next = 0; next < text.Length; next = lineEnd + 1)
        {
            number++;
            var length = text.AsSpan(next).IndexOf('\n');
            (lineStart, lineEnd) = (next, length < 0 ? text.Length : next + length);
            var line = text.AsSpan(lineStart, lineEnd - lineStart).Trim();
            if (line.IsEmpty)
                continue;
            if (line[0] == '#' && comments.Count == 0)
                commentsStart = lineStart;
            if (line[0] == '#' || line.StartsWith("/*", StringComparison.Ordinal))
                comments.Add(new Comment(line.TrimStart('#').ToString().Replace("/*", "", StringComparison.Ordinal).Replace("*/", "", StringComparison.Ordinal).Trim(), false, new Position(number, 1)));
            else if (line.Length > limits.LineLength)
                said.Error(new Position(number, 1), $"the line has more than {limits.LineLength} characters");
            else
                Line(Split(line, number), new Position(number, 1));
        }

        root.Trailing.AddRange(comments);
        return root;
    }

    private void Line(List<string> words, Position at)
    {
        switch (words[0])
        {
            case "set":
                Put(words[1..], at);
                break;
            case "deactivate" or "delete" when words.Count > 1:
                Take(words, at);
                break;
            case "insert":
                Insert(words[1..], at);
                break;
            case "edit" or "top" or "exit" or "activate" or "protect" or "annotate":
                break;
            default:
                said.Error(at, $"expected set, got '{AceParser.Short(words[0])}'");
                break;
        }
    }

    // A path may end before a statement's values do, and then means all of them: "deactivate … from source-address".
    private void Take(List<string> words, Position at)
    {
        var path = words[1..];
        var node = root;
        while (path.Count > 0 && node.Children.Find(one => one.HasBraces && one.Words.Length < path.Count && path.Take(one.Words.Length).SequenceEqual(one.Words)) is { } inner)
        {
            (node, path) = (inner, path[inner.Words.Length..]);
            if (node.Key == "term")
                Touch(node);
        }

        var meant = node.Children.Where(one => one.Words.Length >= path.Count && one.Words.Take(path.Count).SequenceEqual(path)).ToList();
        // "deactivate … protocol [ tcp udp ]" and one value of a list; only what stands as it was set can be found.
        if (meant.Count == 0 && path.Count > 0 && words.Exists(word => word is "firewall" or "policy-options") && words[0] == "deactivate")
            said.Error(at, $"there is nothing here that could be made inactive: '{AceParser.Short(string.Join(' ', words))}'");
        foreach (var one in meant)
        {
            if (words[0] == "delete")
                node.Children.Remove(one);
            else
                one.Inactive = true;
            if (one.Key == "term")
                Touch(one);
            else if (one.HasBraces)
                lastTerm = null;
        }
    }

    private void Put(List<string> words, Position at)
    {
        var node = root;
        var next = 0;
        while (next < words.Count && Arguments(words[next], node) is var count and >= 0 && next + count < words.Count)
        {
            var path = words[next..(next + count + 1)].ToArray();
            var child = node.Child(path);
            if (child is null)
            {
                node.Children.Add(child = new JunosNode(path, at) { HasBraces = true });
                child.Comments.AddRange(comments);
                if (child.Key == "term")
                    child.Place = (comments.Count > 0 && commentsStart >= 0 ? commentsStart : lineStart, lineStart, End);
                comments = [];
            }
            else if (child.Key == "term")
            {
                Touch(child);
            }

            if (child.Key == "term")
                lastTerm = child;
            node = child;
            next += count + 1;
        }

        if (next < words.Count)
            node.Children.Add(new JunosNode([.. words[next..].Where(word => word is not ("[" or "]"))], at));
    }

    private int End => lineEnd > lineStart && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;

    // A term whose lines stand together is spelled by them; one whose lines are scattered is not.
    private void Touch(JunosNode term)
    {
        if (term.Place is var (from, start, _))
            term.Place = ReferenceEquals(term, lastTerm) && comments.Count == 0 ? (from, start, End) : null;
        // A place that was lost is lost.
        term.Inherits |= term.Place is null;
    }

    // How many words name the container a key opens; -1 for a statement that opens none.
    private static int Arguments(string key, JunosNode parent) => (parent.Key, key) switch
    {
        ("from", _) => -1,
        ("then", _) => -1,
        (_, "firewall" or "policy-options" or "from" or "if-exceeding" or "groups" or "logical-systems") => key == "logical-systems" ? 1 : 0,
        (_, "then") => 0,
        ("groups", _) => 0,
        ("term", "filter") => -1,
        (_, "family" or "filter" or "term" or "policer" or "prefix-list") => 1,
        _ => -1,
    };

    private (JunosNode Parent, JunosNode Node)? Find(List<string> words)
    {
        var node = root;
        JunosNode? parent = null;
        for (var next = 0; next < words.Count;)
        {
            var rest = words[next..];
            var child = node.Children.Find(one => one.Words.Length <= rest.Count && rest.Take(one.Words.Length).SequenceEqual(one.Words));
            if (child is null)
                return null;
            (parent, node) = (node, child);
            next += child.Words.Length;
        }

        return parent is null ? null : (parent, node);
    }

    // insert … term A before|after term B
    private void Insert(List<string> words, Position at)
    {
        var split = words.FindIndex(word => word is "before" or "after");
        if (split < 2 || Find(words[..split]) is not var (parent, node) || parent.Child([.. words[(split + 1)..]]) is not { } anchor)
        {
            said.Error(at, "expected insert … before or after a term of the same filter");
            return;
        }

        parent.Children.Remove(node);
        parent.Children.Insert(parent.Children.IndexOf(anchor) + (words[split] == "after" ? 1 : 0), node);
    }

    private List<string> Split(ReadOnlySpan<char> line, int number)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            var quoted = line[at] == '"';
            var end = quoted ? line[(at + 1)..].IndexOf('"') : line[at..].IndexOfAny(' ', '\t');
            if (quoted && end < 0)
                said.Error(new Position(number, at + 1), "expected a second \" in this line");
            end = end < 0 ? line.Length : quoted ? at + 1 + end : at + end;
            words.Add(line[(quoted ? at + 1 : at)..end].ToString());
            at = end + (quoted ? 1 : 0);
        }

        return words;
    }
}
