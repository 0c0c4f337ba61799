using System.Globalization;
using Trigger.Acl.Changing;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;

namespace Trigger.Cli.Acl;

/// <summary>One file's text as acl_script changes it: term by term, or between comments.</summary>
internal sealed class ScriptChange(ScriptRequest request, string day)
{
    /// <summary>What was added and removed, in acl_script's words.</summary>
    public List<string> Mods { get; } = [];

    /// <summary>What is worth knowing, in ours.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The new text, or why there is none.</summary>
    public FilterEdit Of(string text)
    {
        var edit = new FilterEdit(text, null);
        foreach (var term in request.Terms)
            edit = edit.Text is { } now ? InTerm(now, term) : edit;
        foreach (var (begin, end) in request.Between)
            edit = edit.Text is { } now ? Between(now, begin, end) : edit;
        if (edit.Text is { } changed && FilterReader.Read(changed) is { HasErrors: true } read)
            return new FilterEdit(null, $"the changed text could not be read again: {read.Diagnostics.First(said => said.Severity == Severity.Error)}");
        return edit;
    }

    private FilterEdit InTerm(string text, string name)
    {
        var read = FilterReader.Read(text);
        if (read.Dialect != Dialect.Junos)
            return new FilterEdit(null, "--modify-specific-term should only be used on junos like acls");
        var found = read.Filters.SelectMany(filter => filter.Terms.Where(term => term.Name == name).Select(term => (filter, term))).ToList();
        if (found.Count != 1)
            return new FilterEdit(null, found.Count == 0 ? $"no term '{name}' is in it" : $"term '{name}' is in it {found.Count} times");
        var (owner, old) = found[0];
        var edit = TermEdit.Of(old, request.Values, request.Replace);
        Mods.AddRange(edit.Removed.Select(one => $">>REMOVING<< KEY:{one.Key} VAL:{one.Value}, TERM:{name}"));
        Mods.AddRange(edit.Added.Select(one => $">>ADDING<< KEY:{one.Key} VAL:{one.Value}, TERM:{name}"));
        Notes.AddRange(edit.Unneeded.Select(key => $"term {name} asks for no {key}, so it matches all of them already and nothing is added (--replace-defined would narrow it)"));
        if (ReferenceEquals(edit.Term, old))
            return new FilterEdit(text, null);
        var fresh = request.Comment is { } words && !old.Comments.Any(comment => comment.Text == words) ? edit.Term with { Comments = [.. edit.Term.Comments, Said(words)] } : edit.Term;
        return FilterText.Replace(text, owner, old, fresh);
    }

    private FilterEdit Between(string text, string begin, string end)
    {
        var read = FilterReader.Read(text);
        if (read.Dialect is Dialect.Junos or Dialect.ScreenOs or Dialect.PanOs)
            return new FilterEdit(null, "--modify-between-comments should only be used for ios like acls");
        var owner = read.Filters.FirstOrDefault(filter => FilterText.Region(filter, begin, end) is not null);
        if (owner is null || FilterText.Region(owner, begin, end) is not { } region)
            return new FilterEdit(null, $"the comments '{begin}' and '{end}' are not found, in this order");
        var wanted = AccessGaps.Of(owner, request.Replace ? [] : region, request.Values);
        if (wanted is null)
            return new FilterEdit(null, "that is more than 4096 lines");
        if (wanted.Count == 0)
            return new FilterEdit(text, null);
        var terms = wanted.Select(match => new Term { Action = TermAction.Permit, Match = match }).ToList();
        Comment[] said = [.. request.Comment is { } words ? new[] { Said(words) } : [], .. request.Replace ? [] : new[] { Said($"Added by acl_script on {day}") }];
        terms[0] = terms[0] with { Comments = said };
        Mods.AddRange(terms.Select(term => $">>ADDING<< {Keys(term.Match)}"));
        if (request.Replace)
            Mods.AddRange(region.Select(term => $">>REMOVING<< {Keys(term.Match)}"));
        return FilterText.Between(text, owner, begin, end, terms, request.Replace);
    }

    private static Comment Said(string words) => new(words.ReplaceLineEndings(" "), false, Position.Nowhere);

    private static string Keys(Match match)
    {
        var all = new List<(string Key, IEnumerable<string> Values)>
        {
            ("source-address", match.Source.IsAny ? [] : match.Source.Items.Select(item => new AddressSet(item).ToString())),
            ("destination-address", match.Destination.IsAny ? [] : match.Destination.Items.Select(item => new AddressSet(item).ToString())),
            ("source-port", Ports(match.SourcePorts)),
            ("destination-port", Ports(match.DestinationPorts)),
            ("protocol", match.Protocols.IsAll ? [] : match.Protocols.Values().Select(number => Names.Protocols.Name(number) ?? number.ToString(CultureInfo.InvariantCulture))),
        };
        return string.Join(' ', all.SelectMany(one => one.Values.Select(value => $"KEY:{one.Key} VAL:{value},")));
    }

    private static IEnumerable<string> Ports(RangeSet? set) => set?.Runs.Select(run => run.Low == run.High ? $"{run.Low}" : $"{run.Low}-{run.High}") ?? [];
}
