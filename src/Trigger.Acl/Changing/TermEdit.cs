using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>
/// Adds values to a term's conditions, or puts others in their place (acl_script's <c>--insert-defined</c> and <c>--replace-defined</c>). A condition that the term does not have
/// holds for everything, so adding a value to it would take access away: an insertion leaves it out, where the original narrowed the term.
/// </summary>
/// <param name="Added">Key and value of each, such as source-address and 10.0.0.1.</param>
/// <param name="Removed">The same of what went.</param>
/// <param name="Unneeded">Keys the term does not ask for, so that nothing had to be added.</param>
public sealed record TermEdit(Term Term, IReadOnlyList<(string Key, string Value)> Added, IReadOnlyList<(string Key, string Value)> Removed, IReadOnlyList<string> Unneeded)
{
    /// <param name="values">What was named: protocols that are all, addresses that are any and ports that are null were not.</param>
    public static TermEdit Of(Term term, Match values, bool replace)
    {
        var edit = new Work(term.Match, replace);
        if (!values.Source.IsAny)
            edit.Match = edit.Match with { Source = edit.Addresses("source-address", term.Match.Source, values.Source) };
        if (!values.Destination.IsAny)
            edit.Match = edit.Match with { Destination = edit.Addresses("destination-address", term.Match.Destination, values.Destination) };
        if (values.SourcePorts is { } from)
            edit.Match = edit.Match with { SourcePorts = edit.Ports("source-port", term.Match.SourcePorts, from) };
        if (values.DestinationPorts is { } into)
            edit.Match = edit.Match with { DestinationPorts = edit.Ports("destination-port", term.Match.DestinationPorts, into) };
        if (!values.Protocols.IsAll)
            edit.Match = edit.Match with { Protocols = edit.Protocols(term.Match.Protocols, values.Protocols) };
        return new TermEdit(edit.Match.Equals(term.Match) ? term : term with { Match = edit.Match, Spelling = default }, edit.Added, edit.Removed, edit.Unneeded);
    }

    private sealed class Work(Match match, bool replace)
    {
        public Match Match { get; set; } = match;

        public List<(string, string)> Added { get; } = [];

        public List<(string, string)> Removed { get; } = [];

        public List<string> Unneeded { get; } = [];

        public AddressSet Addresses(string key, AddressSet old, AddressSet named)
        {
            if (replace)
            {
                Tell(key, old.IsAny ? [] : old.Items.Select(Text), named.Items.Select(Text));
                return named;
            }

            if (old.IsAny)
            {
                Unneeded.Add(key);
                return old;
            }

            var fresh = named.Items.Where(item => !old.Items.Contains(item)).ToList();
            Tell(key, [], fresh.Select(Text));
            return fresh.Count == 0 ? old : new AddressSet([.. old.Items.Concat(fresh).OrderBy(item => item.Low).ThenBy(item => item.High)]);
        }

        public RangeSet? Ports(string key, RangeSet? old, RangeSet named)
        {
            if (replace)
            {
                Tell(key, old?.Runs.Select(Text) ?? [], named.Runs.Select(Text));
                return named;
            }

            if (old is null)
            {
                Unneeded.Add(key);
                return null;
            }

            Tell(key, [], named.Runs.Where(run => !old.Covers(RangeSet.Of(run.Low, run.High))).Select(Text));
            return old.Union(named) is var all && all.Equals(old) ? old : all;
        }

        public ByteSet Protocols(ByteSet old, ByteSet named)
        {
            if (replace)
            {
                Tell("protocol", old.IsAll ? [] : old.Values().Select(Text), named.Values().Select(Text));
                return named;
            }

            if (old.IsAll)
            {
                Unneeded.Add("protocol");
                return old;
            }

            Tell("protocol", [], (named & ~old).Values().Select(Text));
            return old | named;
        }

        private void Tell(string key, IEnumerable<string> old, IEnumerable<string> named)
        {
            Removed.AddRange(old.Select(value => (key, value)));
            Added.AddRange(named.Select(value => (key, value)));
        }

        private static string Text(AddressMatch item) => new AddressSet(item).ToString();

        private static string Text((int Low, int High) run) => run.Low == run.High ? $"{run.Low}" : $"{run.Low}-{run.High}";

        private static string Text(int protocol) => Names.Protocols.Name(protocol) ?? $"{protocol}";
    }
}
