using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Reads Junos text in braces into a tree, and goes on behind a mistake.</summary>
internal sealed class JunosTree(string text, ReadLimits limits, DiagnosticList said)
{
    private int at;
    private int line = 1;
    private int lineStart;
    private List<Comment> comments = [];
    private int commentsFrom = -1;

    public JunosNode Read()
    {
        var root = new JunosNode([], new Position(1, 1)) { HasBraces = true };
        while (at < text.Length)
        {
            Block(root, 0);
            // A brace too many ends the block; what follows is read all the same.
            if (at < text.Length)
            {
                said.Error(Here, "this } closes nothing");
                at++;
            }
        }

        return root;
    }

    private Position Here => new(line, at - lineStart + 1);

    private void Block(JunosNode parent, int depth)
    {
        var words = new List<string>();
        var start = Position.Nowhere;
        var begins = 0;
        var inactive = false;
        var lastLine = 0;
        var behind = Position.Nowhere;
        while (true)
        {
            Skip();
            if (at >= text.Length || text[at] == '}')
                break;
            var where = Here;
            switch (text[at])
            {
                case ';':
                    at++;
                    Add(parent, words, start, ref inactive);
                    continue;
                case '{':
                    if (words.Count == 0 && !inactive)
                        begins = at;
                    at++;
                    Open(parent, words, start.Line == 0 ? where : start, begins, ref inactive, depth);
                    continue;
                case '[':
                    at++;
                    List(words);
                    (lastLine, behind) = (line, Here);
                    continue;
                case ']':
                    said.Error(where, "this ] closes nothing");
                    at++;
                    continue;
            }

            var from = at;
            var word = Word();
            if (words.Count > 0 && where.Line > lastLine && JunosWords.Ended(parent.Key, words, word))
            {
                said.Error(behind, $"expected ; at the end of line {lastLine}");
                Add(parent, words, start, ref inactive);
            }

            if (words.Count == 0 && !inactive)
                begins = from;
            (lastLine, behind) = (line, Here);
            if (words.Count == 0 && word is "inactive:" or "replace:" or "protect:" or "delete:" or "active:" or "unprotect:")
            {
                inactive |= word == "inactive:";
                continue;
            }

            if (words.Count == 0)
                start = where;
            words.Add(word);
        }

        if (words.Count > 0)
        {
            said.Error(Here, $"expected ; behind '{words[^1]}'");
            Add(parent, words, start, ref inactive);
        }

        parent.Trailing.AddRange(comments);
        (comments, commentsFrom) = ([], -1);
    }

    private void Open(JunosNode parent, List<string> words, Position start, int begins, ref bool inactive, int depth)
    {
        var from = comments.Count > 0 ? Math.Min(commentsFrom, begins) : begins;
        var node = Add(parent, words.Count == 0 ? ["?"] : words, start, ref inactive);
        words.Clear();
        node.HasBraces = true;
        if (depth >= limits.Depth)
        {
            said.Error(start, $"braces are nested more than {limits.Depth} deep; the rest is not read");
            at = text.Length;
            return;
        }

        Block(node, depth + 1);
        if (at < text.Length)
            node.Place = (from, begins, ++at);
        else
            said.Error(Here, $"expected }} for the {{ of line {start.Line}, the text ends");
    }

    private JunosNode Add(JunosNode parent, List<string> words, Position start, ref bool inactive)
    {
        var node = new JunosNode([.. words], start) { Inactive = inactive };
        node.Comments.AddRange(comments);
        if (comments.Count > 0)
            (comments, commentsFrom) = ([], -1);
        inactive = false;
        if (words.Count > 0)
            parent.Children.Add(node);
        words.Clear();
        return node;
    }

    private void List(List<string> words)
    {
        var open = Here;
        while (true)
        {
            Skip();
            if (at >= text.Length || text[at] is ';' or '{' or '}')
            {
                said.Error(open, "expected ] for this [");
                return;
            }

            if (text[at] == ']')
            {
                at++;
                return;
            }

            if (text[at] == '[')
                at++;
            else
                words.Add(Word());
        }
    }

    private string Word()
    {
        if (text[at] != '"')
        {
            var from = at;
            while (at < text.Length && text[at] is not (' ' or '\t' or '\r' or '\n' or ';' or '{' or '}' or '[' or ']' or '"'))
                at++;
            return at - from > limits.LineLength ? text.Substring(from, limits.LineLength) : text[from..at];
        }

        var start = Here;
        var begin = ++at;
        while (at < text.Length && text[at] is not ('"' or '\n'))
            at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] != '\n' ? 2 : 1;
        at = Math.Min(at, text.Length);
        var word = text[begin..at];
        if (at < text.Length && text[at] == '"')
            at++;
        else
            said.Error(start, "expected a second \" in this line");
        return word;
    }

    private void Skip()
    {
        while (at < text.Length)
        {
            if (text[at] == '\n')
            {
                line++;
                lineStart = ++at;
            }
            else if (text[at] is ' ' or '\t' or '\r')
            {
                at++;
            }
            else if (text[at] == '#')
            {
                var from = at;
                while (at < text.Length && text[at] != '\n')
                    at++;
                Begin(from);
                comments.Add(new Comment(text[from..at].TrimStart('#').Trim(), false, new Position(line, from - lineStart + 1)));
            }
            else if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == '*')
            {
                Comment();
            }
            else
            {
                return;
            }
        }
    }

    private void Begin(int comment)
    {
        if (comments.Count == 0)
            commentsFrom = comment;
    }

    private void Comment()
    {
        var start = Here;
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0)
            said.Error(start, "expected */ for this /*");
        var to = end < 0 ? text.Length : end;
        Begin(at);
        comments.Add(new Comment(text[(at + 2)..to].Trim(), false, start));
        for (; at < to; at++)
        {
            if (text[at] == '\n')
            {
                line++;
                lineStart = at + 1;
            }
        }

        at = end < 0 ? text.Length : end + 2;
    }
}
