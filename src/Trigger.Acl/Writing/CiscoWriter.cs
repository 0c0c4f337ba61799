using System.Globalization;
using System.Text;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>Writes a filter as a list of Cisco's kind. Terms that were read in the same dialect keep their spelling.</summary>
internal sealed class CiscoWriter
{
    private readonly Style style;
    private readonly Filter filter;
    private readonly WriteOptions options;
    private readonly List<Loss> losses = [];
    private readonly StringBuilder text = new();
    private readonly AceRows rows;
    // An ASA's list is about both families.
    private readonly AceRows? rows6;
    private readonly Family family;
    private readonly string name;
    private readonly bool numbered;
    private int next;
    private bool behindRemark;

    public CiscoWriter(Filter filter, Style style, WriteOptions options)
    {
        (this.filter, this.style, this.options) = (filter, style, options);
        family = filter.Family == Family.Any ? options.Family ?? Family.Inet : filter.Family;
        name = options.Name ?? filter.Name ?? "100";
        rows = new AceRows(style, family, filter.IsStandard && Same, losses, oneFamily: !(filter.IsStandard && Same) && (filter.Family != Family.Any || options.Family is not null));
        if (style == Style.Asa && filter.Family == Family.Any && options.Family is null)
            rows6 = new AceRows(style, Family.Inet6, filter.IsStandard && Same, losses);
        numbered = Same ? style is not (Style.Ios or Style.Asa or Style.Brocade) && filter.Terms.Any(term => term.Sequence is not null) : style == Style.IosXr;
    }

    private bool Same => filter.Dialect == Styles.DialectOf(style);

    public WriteResult Write()
    {
        Check();
        foreach (var comment in filter.Heading)
            Note(comment, "");
        if (Opening() is { } opening)
        {
            if (options.Replace)
                text.Append("no ").Append(opening).Append('\n');
            text.Append(opening).Append('\n');
        }
        else if (options.Replace && style is Style.Ios or Style.Brocade)
        {
            text.Append(CultureInfo.InvariantCulture, $"no access-list {name}\n");
        }

        if (Same && Opening() is not null)
        {
            foreach (var option in filter.Options)
                text.Append(' ').Append(option).Append('\n');
        }
        else if (filter.Options.Count > 0 && !Same)
        {
            foreach (var option in filter.Options)
                losses.Add(new Loss(LossKind.Dropped, filter.At, $"'{option}' is left out"));
        }

        foreach (var policer in filter.Policers)
            losses.Add(new Loss(LossKind.Dropped, policer.At, $"policer {policer.Name} is left out: nothing limits the rate of what its terms permit"));
        foreach (var term in filter.Terms)
            Write(term);
        foreach (var comment in filter.Trailing)
            Note(comment, " ");
        if (style == Style.Brocade)
            text.Append(CultureInfo.InvariantCulture, $"{(filter.Options.FirstOrDefault(option => option.StartsWith("ip rebind", StringComparison.Ordinal))?.Split(' ') is [_, var kind, ..] ? $"ip {kind}" : "ip rebind-acl")} {name}\n");
        return new WriteResult(text.ToString(), losses);
    }

    private void Check()
    {
        if (style is Style.Ios or Style.Brocade && family == Family.Inet6)
            losses.Add(new Loss(LossKind.Impossible, filter.At, "numbered lists are IPv4; write ios_named"));
        if (style is Style.Ios or Style.Brocade && !(int.TryParse(name, NumberStyles.None, null, out var number) && (filter.IsStandard && Same ? number is (>= 1 and <= 99) or (>= 1300 and <= 1999) : number is (>= 100 and <= 199) or (>= 2000 and <= 2699))))
            losses.Add(new Loss(LossKind.Impossible, filter.At, $"'{name}' is no number of an extended list (100-199, 2000-2699); give another name, or write ios_named"));
        if (filter.Family == Family.Any && style != Style.Asa)
            losses.Add(new Loss(LossKind.Dropped, filter.At, $"only the {(family == Family.Inet ? "IPv4" : "IPv6")} part is written"));
    }

    private string? Opening() => style switch
    {
        Style.Ios or Style.Brocade or Style.Asa => null,
        Style.IosXr => $"{(family == Family.Inet6 ? "ipv6" : "ipv4")} access-list {name}",
        _ when family == Family.Inet6 => $"ipv6 access-list {name}",
        Style.NxOs => $"ip access-list {name}",
        Style.Eos => $"ip access-list {(filter.IsStandard && Same ? "standard " : "")}{name}",
        _ => $"ip access-list {(filter.IsStandard && Same ? "standard" : "extended")} {name}",
    };

    private string Lead(int? sequence) => style switch
    {
        Style.Ios or Style.Brocade => $"access-list {name} ",
        Style.Asa => $"access-list {name} ",
        Style.Dell when numbered => $" seq {Number(sequence)} ",
        Style.IosNamed when numbered && family == Family.Inet6 => $" sequence {Number(sequence)} ",
        _ => numbered ? $" {Number(sequence)} " : " ",
    };

    private int Number(int? wanted)
    {
        // Newer IOS gives a remark the number of the line behind it.
        next = wanted is { } number && (number > next || (number == next && behindRemark)) ? number : next == 0 ? 10 : next + 10 - next % 10;
        return next;
    }

    private void Write(Term term)
    {
        foreach (var comment in term.Comments)
            Note(comment, Opening() is null ? "" : " ");
        if (term.Inactive && style != Style.Asa)
        {
            losses.Add(new Loss(LossKind.Dropped, term.At, $"{(term.Name is null ? "an inactive line" : $"inactive term {term.Name}")} is left out: it had no effect"));
            return;
        }

        if (Same && term.Spelling.Source is not null)
        {
            Line(term.Sequence, term.Spelling.FromAction.Trim());
            return;
        }

        var lines = rows.Of(term);
        if (rows6 is not null && !term.Matches.All(match => match.Source.IsAny && match.Destination.IsAny))
            lines.AddRange(rows6.Of(term).Except(lines).ToList());
        for (var i = 0; i < lines.Count; i++)
            Line(i == 0 && Same ? term.Sequence : null, lines[i]);
    }

    private void Line(int? sequence, string body)
    {
        // Older IOS writes the numbers of IPv6 lists behind the lines.
        text.Append(style == Style.IosNamed && family == Family.Inet6 && body.Contains(" sequence ", StringComparison.Ordinal) ? " " : Lead(sequence));
        if (style == Style.Asa)
            text.Append(filter.IsStandard && Same ? "standard " : "extended ");
        text.Append(body).Append('\n');
        behindRemark = false;
    }

    private void Note(Comment comment, string indent)
    {
        if (style == Style.Brocade && !comment.IsRemark)
            return;
        if (!comment.IsRemark || (!Same && style is Style.Ios or Style.Brocade))
        {
            foreach (var line in comment.Text.Split('\n'))
                text.Append(Same && comment.At.Column > 1 ? indent : "").Append(line.Length == 0 ? "!" : line[0] == '!' ? $"!{line}" : $"! {line.Trim()}").Append('\n');
            return;
        }

        text.Append(Lead(comment.Sequence)).Append("remark ").Append(comment.Text).Append('\n');
        behindRemark = Same;
    }
}
