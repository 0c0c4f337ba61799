using System.Text.Json;
using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Telling;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Node.Api;

/// <summary>One question about filters: reads what it is about, and says everything that is wrong with it, or answers with the fields of <c>trigger acl … --json</c>.</summary>
internal sealed class AclQuestions(Budget budget)
{
    private const int LongestText = 1_000_000;
    private const int MostNamed = 12;

    private static readonly ReadLimits Limits = new() { Characters = LongestText, GroupMembers = 20_000, Diagnostics = 200 };

    private readonly List<OrderMistake> mistakes = [];

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Check(AclOrders.Check order)
    {
        var filter = One(order, "");
        var flow = FlowText.Read(order.Source ?? "", order.Destination ?? "", order.Protocol, order.Port, Told);
        if (filter is null || flow is null)
            return (null, mistakes);

        var answer = FlowQuestion.Ask(filter, flow, fragments: order.Fragments, budget: budget);
        return (to => AclJson.Check(to, filter, answer), mistakes);
    }

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Parse(AclText order) => Read(order, "") is not { } read ? (null, mistakes) : (to =>
    {
        Each(to, "filters", Chosen(order, read), (one, filter) => AclJson.Parsed(one, null, filter));
        Each(to, "said", read.Diagnostics, (one, said) => AclJson.Said(one, null, said));
    }, mistakes);

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Convert(AclOrders.Convert order)
    {
        if (!Styles.TryParse(order.To ?? "", out var style))
            Told("to", $"is '{order.To}'; expected {string.Join(", ", Styles.Words)}.");
        var read = Read(order, "");
        var filters = read is null ? [] : Some(order, read);
        if (!order.Lossy && filters.Any(filter => read!.HasUnreadable(filter)))
            Told("text", "has lines that cannot be read; what is left would not be the same filter (\"lossy\" converts it nevertheless).");
        if (mistakes.Count > 0)
            return (null, mistakes);

        var options = new WriteOptions { Name = order.Name, Replace = order.Replace, Family = order.Inet6 ? Family.Inet6 : null };
        var done = filters.Select(filter => (Filter: filter, Conversion: FilterConverter.Convert(filter, style, options, order.NoFragments, order.Lossy, budget.Again()))).ToList();
        var refused = done.Exists(one => one.Conversion.Text is null);
        return (to => Each(to, "results", done, (one, made) => AclJson.Converted(one, made.Filter, made.Conversion, refused)), mistakes);
    }

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Shadow(AclOrders.Shadow order)
    {
        var read = Read(order, "");
        var filters = read is null ? [] : Some(order, read);
        if (mistakes.Count > 0)
            return (null, mistakes);

        var found = filters.SelectMany(filter => ShadowReport.Of(filter, unneeded: !order.Unreachable, budget.Again()).Select(finding => (Filter: filter, Finding: finding))).ToList();
        return (to => Each(to, "results", found, (one, what) => AclJson.Shadow(one, null, what.Filter, what.Finding)), mistakes);
    }

    /// <param name="firstOnly">Whether one difference is enough.</param>
    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Compare(AclOrders.Compare order, bool firstOnly)
    {
        var before = One(order.Before ?? new AclText(null), "before.");
        var after = One(order.After ?? new AclText(null), "after.");
        if (before is null || after is null)
            return (null, mistakes);

        var comparison = FilterComparer.Compare(before, after, order.NoFragments, firstOnly, budget);
        return (to => AclJson.Compared(to, comparison), mistakes);
    }

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Find(AclOrders.Find order)
    {
        var read = Read(order, "");
        var filters = read is null ? [] : Some(order, read);
        var sources = Networks("sources", order.Sources);
        var destinations = Networks("destinations", order.Destinations);
        var ports = order.Ports is { } text ? FlowText.Ports(text) : null;
        if (order.Ports is not null && ports is null)
            Told("ports", $"is '{order.Ports}'; expected ports such as 80,443,1024-2047.");
        if ((order.Sources?.Count ?? 0) + (order.Destinations?.Count ?? 0) == 0)
            Told("sources", "names no network, and neither does destinations; one is to be looked for.");
        if (mistakes.Count > 0)
            return (null, mistakes);

        var search = new AccessSearch { Sources = sources, Destinations = destinations, Ports = ports, NeedsSource = order.SourceRequired, NeedsDestination = order.DestinationRequired };
        var found = new List<(Filter Filter, Term Term)>();
        foreach (var filter in filters)
        {
            budget.Look();
            found.AddRange(search.In(filter).Select(term => (filter, term)));
        }

        return (to => Each(to, "results", found, (one, what) => AclJson.Found(one, null, what.Filter, what.Term)), mistakes);
    }

    public (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes) Optimize(AclOrders.Optimize order)
    {
        var filter = One(order, "");
        if (order.Passes is < 0 or > 100)
            Told("passes", "is a whole number from 0 to 100.");
        if (filter is null || mistakes.Count > 0)
            return (null, mistakes);

        var done = FilterOptimizer.Optimise(filter, order.Passes, budget: budget);
        var result = done?.Filter ?? filter;
        var written = Styles.Of(result) is { } style ? FilterWriter.Write(result, style, new WriteOptions { WithFamily = true }).Text : null;
        return (to => AclJson.Optimised(to, null, filter, result, written, done?.Steps ?? []), mistakes);
    }

    private void Told(string field, string sentence) => mistakes.Add(new OrderMistake(field, $"It {sentence}"));

    private ReadResult? Read(AclText order, string at)
    {
        var before = mistakes.Count;
        Dialect? of = null;
        if (order.From is { } word)
        {
            if (Dialects.TryParse(word, out var known))
                of = known;
            else
                Told($"{at}from", $"is '{word}'; expected ios, iosxr, nxos, asa, eos, brocade, dell, junos, screenos or panos.");
        }

        if (order.Text is not { Length: > 0 and <= LongestText } text)
            Told($"{at}text", $"is the text of a filter or a configuration, of 1 to {LongestText} characters.");
        else if (mistakes.Count == before)
            return FilterReader.Read(text, of, limits: Limits);
        return null;
    }

    private static IReadOnlyList<Filter> Chosen(AclText order, ReadResult read) => [.. read.Filters.Where(one => order.Filter is null || one.Name == order.Filter)];

    private IReadOnlyList<Filter> Some(AclText order, ReadResult read)
    {
        var found = Chosen(order, read);
        if (found.Count == 0)
            Told(order.Filter is null ? "text" : "filter", order.Filter is null ? "has no filter in it." : $"is '{order.Filter}', and the text has {Names(read.Filters)}.");
        return found;
    }

    private Filter? One(AclText order, string at)
    {
        if (Read(order, at) is not { } read)
            return null;

        var found = Chosen(order, read);
        if (found.Count != 1)
        {
            Told(
                found.Count == 0 && order.Filter is null ? $"{at}text" : $"{at}filter",
                found.Count > 1 ? $"must say which of {found.Count} filters is meant: {Names(found)}." : order.Filter is null ? "has no filter in it." : $"is '{order.Filter}', and the text has {Names(read.Filters)}.");
            return null;
        }

        if (found[0].LeftOut == 0)
            return found[0];

        foreach (var said in read.Diagnostics.Where(said => said.Severity == Severity.Error).Take(MostNamed))
            mistakes.Add(new OrderMistake($"{at}text", said.ToString()));
        Told($"{at}text", "has lines that cannot be read; an answer without them would not be about this filter.");
        return null;
    }

    private List<AddressMatch> Networks(string field, IReadOnlyList<string>? words)
    {
        var found = new List<AddressMatch>();
        foreach (var word in words ?? [])
        {
            if (AddressText.TryPrefix(word, out var prefix))
                found.Add(prefix);
            else
                Told(field, $"has '{word}'; expected a network such as 10.0.0.0/8.");
        }

        return found;
    }

    private static void Each<T>(Utf8JsonWriter to, string name, IEnumerable<T> all, Action<Utf8JsonWriter, T> fields)
    {
        to.WriteStartArray(name);
        foreach (var one in all)
        {
            to.WriteStartObject();
            fields(to, one);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    private static string Names(IReadOnlyList<Filter> filters) =>
        filters.Count == 0 ? "none" : string.Join(", ", filters.Take(MostNamed).Select(one => one.Name ?? "(unnamed)")) + (filters.Count > MostNamed ? ", …" : "");
}
