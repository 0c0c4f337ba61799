using System.Text;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>Writes a filter for Junos, in braces or as <c>set</c> lines.</summary>
internal sealed class JunosWriter
{
    private static readonly string[] Known = ["count", "log", "syslog", "sample", "port-mirror", "policer", "forwarding-class", "loss-priority", "ipsec-sa", "dscp", "three-color-policer", "traffic-class"];

    private readonly Filter filter;
    private readonly bool set;
    private readonly WriteOptions options;
    private readonly Family family;
    private readonly List<Loss> losses = [];
    private readonly StringBuilder text = new();
    private readonly string name;
    private readonly bool same;
    private string path = "";
    private int depth;

    public JunosWriter(Filter filter, bool set, WriteOptions options)
    {
        (this.filter, this.set, this.options) = (filter, set, options);
        family = filter.Family == Family.Any && filter.Dialect != Dialect.Junos ? options.Family ?? Family.Inet : filter.Family;
        name = Quoted(options.Name ?? filter.Name ?? "filter");
        same = filter.Dialect == Dialect.Junos;
    }

    public WriteResult Write()
    {
        if (filter.Family == Family.Any && !same)
            losses.Add(new Loss(LossKind.Dropped, filter.At, $"only the {(family == Family.Inet ? "IPv4" : "IPv6")} part is written"));
        var word = family switch { Family.Inet => "inet", Family.Inet6 => "inet6", _ => "any" };
        var wrapped = options.WithFamily || options.Replace;
        if (set)
        {
            path = $"set firewall family {word} filter {name} ";
            Body();
            return new WriteResult(text.ToString(), losses);
        }

        if (wrapped)
            Open("firewall");
        if (options.WithFamily)
            Open($"family {word}");
        if (options.Replace)
            text.Append(options.WithFamily ? "    " : "").Append("replace:\n");
        Open($"filter {name}");
        Body();
        for (var open = depth; open > 0; open--)
            Close();
        return new WriteResult(text.ToString(), losses);
    }

    private void Body()
    {
        foreach (var comment in filter.Heading)
            Note(comment);
        foreach (var policer in filter.Policers)
            Write(policer);
        foreach (var option in filter.Options)
        {
            if (same)
                Say(option);
            else
                losses.Add(new Loss(LossKind.Dropped, filter.At, $"'{option}' is left out"));
        }

        var unnamed = 0;
        foreach (var term in filter.Terms)
            Write(term, Quoted(term.Name ?? $"T{++unnamed}"));
        foreach (var comment in filter.Trailing)
            Note(comment);
    }

    private void Write(Policer policer)
    {
        Enter($"policer {Quoted(policer.Name)}");
        foreach (var other in policer.Others)
            Say(other);
        Enter("if-exceeding");
        if (policer.Bandwidth is { } bandwidth)
            Say($"bandwidth-limit {bandwidth}");
        if (policer.BandwidthPercent is { } percent)
            Say($"bandwidth-percent {percent}");
        if (policer.Burst is { } burst)
            Say($"burst-size-limit {burst}");
        Leave("if-exceeding");
        Enter("then");
        foreach (var then in policer.Then)
            Say(then);
        Leave("then");
        Leave($"policer {Quoted(policer.Name)}");
    }

    private void Write(Term term, string label)
    {
        if (same && set == filter.IsSetForm && !options.CountTerms && term.Spelling.Source is not null && (!set || options.Name is null || options.Name == filter.Name))
        {
            if (set)
                RepeatLines(term);
            else
                Repeat(term);
            return;
        }

        if (term.Unknown.Count > 0)
        {
            losses.Add(new Loss(LossKind.Impossible, term.At, $"'{term.Unknown[0]}' is not understood"));
            return;
        }

        var matches = term.Matches.Where(match => !match.IsEmpty).ToList();
        for (var i = 0; i < matches.Count; i++)
        {
            var own = matches.Count == 1 ? label : $"{label}-{i + 1}";
            var statements = new JunosConditions(family).Of(matches[i]);
            if (statements is null)
            {
                losses.Add(new Loss(LossKind.Impossible, term.At, $"{(term.Name is null ? "" : $"term {term.Name}: ")}a condition cannot be said in junos"));
                return;
            }

            WriteTerm(term, own, statements, first: i == 0);
        }
    }

    private void RepeatLines(Term term)
    {
        var first = term.At.Line - term.Spelling.Text.AsSpan(0, term.Spelling.Body).Count('\n');
        foreach (var comment in term.Comments.Where(comment => comment.At.Line < first || comment.At.Line == 0))
            Note(comment);
        text.Append(term.Spelling.Text).Append('\n');
    }

    // As it was read, with its comments and its indentation. Comments that came to it since, as from terms that are left out, stand before it.
    private void Repeat(Term term)
    {
        var spelled = term.Spelling;
        var first = term.At.Line - spelled.Text.AsSpan(0, spelled.Body).Count('\n');
        var last = first + spelled.Text.AsSpan().Count('\n');
        foreach (var comment in term.Comments.Where(comment => comment.At.Line < first || comment.At.Line > last))
            Note(comment);
        var line = spelled.Source!.LastIndexOf('\n', Math.Max(spelled.Start - 1, 0)) + 1;
        var indent = spelled.Source.AsSpan(Math.Min(line, spelled.Start), Math.Max(spelled.Start - line, 0));
        if (!indent.Trim().IsEmpty)
            text.Append(' ', depth * 4).Append(spelled.Text).Append('\n');
        else
            text.Append(Shifted(indent.ToString() + spelled.Text)).Append('\n');
    }

    // As deep as the filter stands now, which may not have had what is written around it. Tabs and blanks do not add up: with tabs it stays as it is.
    private string Shifted(string spelled)
    {
        var more = (depth - 1) * 4 - (filter.At.Column - 1);
        return more <= 0 || filter.Spelling.Source is null || filter.Spelling.Text.Contains('\t', StringComparison.Ordinal) ? spelled : string.Join('\n', spelled.Split('\n').Select(line => line.Trim().Length == 0 ? line : new string(' ', more) + line));
    }

    private void WriteTerm(Term term, string label, List<JunosStatement> statements, bool first)
    {
        Enter($"term {label}", term.Inactive);
        if (first)
        {
            foreach (var comment in term.Comments)
                Note(comment);
        }

        if (statements.Count > 0)
        {
            Enter("from");
            foreach (var statement in statements)
                Say(statement);
            Leave("from");
        }

        Enter("then");
        Say(term.Action.Kind switch { ActionKind.Permit => "accept", ActionKind.Deny => same ? "discard" : "reject", ActionKind.NextTerm => "next term", ActionKind.Reject => term.Action.ToString(), _ => term.Action.Argument ?? "accept" });
        foreach (var modifier in Modifiers(term, label).OrderBy(one => one.Key, StringComparer.Ordinal))
            Say(modifier.ToString());
        Leave("then");
        Leave($"term {label}");
        if (set && term.Inactive)
            text.Append("deactivate ").Append(path.AsSpan(4)).Append("term ").Append(label).Append('\n');
    }

    private List<Modifier> Modifiers(Term term, string label)
    {
        var modifiers = new List<Modifier>();
        if (options.CountTerms && !term.Modifiers.Any(one => one.Key == "count"))
            modifiers.Add(new Modifier("count", label));
        foreach (var modifier in term.Modifiers)
        {
            if (same)
                modifiers.Add(modifier);
            else if (modifier.Key is "log" or "log-input")
                modifiers.Add(new Modifier("syslog"));
            else if (Known.Contains(modifier.Key) && modifier.Value is not null)
                modifiers.Add(modifier);
            else
                losses.Add(new Loss(LossKind.Dropped, term.At, $"'{modifier}' is left out"));
        }

        return modifiers;
    }

    private void Say(JunosStatement statement)
    {
        if (!statement.Braces)
        {
            Say(statement.Values.Count switch { 0 => statement.Key, 1 => $"{statement.Key} {statement.Values[0]}", _ => $"{statement.Key} [ {string.Join(' ', statement.Values)} ]" });
            return;
        }

        if (set)
        {
            foreach (var value in statement.Values)
                Say($"{statement.Key} {value}");
            return;
        }

        Open(statement.Key);
        foreach (var value in statement.Values)
            Say(value);
        Close();
    }

    private void Say(string statement)
    {
        if (set)
            text.Append(path).Append(statement).Append('\n');
        else
            text.Append(' ', depth * 4).Append(statement).Append(";\n");
    }

    private void Note(Comment comment)
    {
        // A lone "!" only parts lines from each other.
        if (!same && comment.Text.Length == 0)
            return;
        if (set)
            text.Append("# ").Append(comment.Text.Replace('\n', ' ')).Append('\n');
        else
            text.Append(' ', depth * 4).Append("/*").Append(same ? $" {comment.Text} " : comment.Text.Replace("*/", "* /", StringComparison.Ordinal)).Append("*/\n");
    }

    private void Enter(string words, bool inactive = false)
    {
        if (set)
            path += words + " ";
        else
            Open(inactive ? $"inactive: {words}" : words);
    }

    private void Leave(string words)
    {
        if (set)
            path = path[..^(words.Length + 1)];
        else
            Close();
    }

    private void Open(string words)
    {
        text.Append(' ', depth * 4).Append(words).Append(" {\n");
        depth++;
    }

    private void Close()
    {
        depth--;
        text.Append(' ', depth * 4).Append("}\n");
    }

    private static string Quoted(string word) => word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') ? word : $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"";
}
