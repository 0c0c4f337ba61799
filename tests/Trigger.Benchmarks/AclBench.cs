using System.Diagnostics;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Benchmarks;

/// <summary>The ACL toolkit beside plain ways to do the same, on the same lists in the same run.</summary>
internal static class AclBench
{
    public static int Run(string[] parts)
    {
        bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);
        if (Wanted("parse"))
            Parse();
        if (Wanted("shadow"))
            Shadow();
        if (Wanted("plaid"))
            Plaid();
        if (Wanted("flow"))
            Flow();
        if (Wanted("diff"))
            Diff();
        return 0;
    }

    private static Filter Read(IEnumerable<string> lines) => FilterReader.Read(AclGenerator.List(lines), Dialect.Ios).Filters[0];

    private static void Parse()
    {
        foreach (var count in new[] { 10_000, 100_000 })
        {
            var text = AclGenerator.List(new AclGenerator(1).Draw(count));
            // The first parse of this process comes first, before anything of the parser is warm.
            var parse = Measure(() => FilterReader.Read(text, Dialect.Ios).Filters[0].Terms.Count, 101);
            var plain = Measure(() => text.Split('\n').Sum(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length), 101);
            Say($"parse {count} IOS lines ({text.Length / 1024} KiB)", parse, $"splitting the text into words: {plain}, ratio of the medians {parse.Median / plain.Median:0.0}");
            Command(text, count);
        }
    }

    // The same as somebody at a terminal sees it: the built command, its start included.
    private static void Command(string text, int count)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var whole = Measure(() => Exit("acl", "parse", file), 5);
            File.WriteAllText(file, "access-list 100 permit ip any any\n");
            var empty = Measure(() => Exit("acl", "parse", file), 5);
            Console.WriteLine($"  trigger acl parse of {count} lines: {whole}; of one line: {empty}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Exit(params string[] words)
    {
        var start = new ProcessStartInfo(Processes.Trigger, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Shadow()
    {
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
        {
            var filter = Read(new AclGenerator(1).Draw(count));
            IReadOnlyList<ShadowFinding> found = [];
            var report = Best(() => (found = ShadowReport.Of(filter, unneeded: false)).Count, count > 10_000 ? 1 : 3);
            Say($"shadow report of {count} lines", report, $"{found.Count} lines idle, {found.Count(finding => finding.Because.Count > 1)} of them by several together, {found.Count(finding => finding.Kind == ShadowKind.Undecided)} undecided");
            if (count > 10_000)
                continue;
            var pairs = Best(() => Pairs(filter), 1);
            var full = Best(() => (found = ShadowReport.Of(filter)).Count, 1);
            Say($"  with lines behind which others decide the same", full, $"{found.Count} findings; comparing every pair of lines, which finds single covers only: {pairs:0.00} ms, ratio {report / pairs:0.00}");
        }
    }

    // What a plain tool does: is each line inside an earlier one?
    private static int Pairs(Filter filter)
    {
        var found = 0;
        for (var later = 0; later < filter.Terms.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (!Inside(filter.Terms[later].Match, filter.Terms[earlier].Match))
                    continue;
                found++;
                break;
            }
        }

        return found;
    }

    private static bool Inside(Match inner, Match outer) =>
        outer.Protocols.Covers(inner.Protocols)
        && (outer.Source.IsAny || (!inner.Source.IsAny && outer.Source[0].Low <= inner.Source[0].Low && outer.Source[0].High >= inner.Source[0].High))
        && (outer.Destination.IsAny || (!inner.Destination.IsAny && outer.Destination[0].Low <= inner.Destination[0].Low && outer.Destination[0].High >= inner.Destination[0].High))
        && (outer.DestinationPorts is null || (inner.DestinationPorts is not null && outer.DestinationPorts.Covers(inner.DestinationPorts)))
        && (outer.SourcePorts is null || (inner.SourcePorts is not null && outer.SourcePorts.Covers(inner.SourcePorts)))
        && (outer.Rare is null || outer.Rare.Equals(inner.Rare));

    private static void Plaid()
    {
        foreach (var strips in new[] { 16, 64, 128 })
        {
            var filter = Read(AclGenerator.Plaid(strips));
            IReadOnlyList<ShadowFinding> found = [];
            var report = Best(() => (found = ShadowReport.Of(filter)).Count, 1);
            Say($"shadow report of a plaid of {strips} by {strips} strips", report, $"{found.Count} findings, {found.Count(finding => finding.Kind == ShadowKind.Undecided)} undecided");
        }
    }

    private static void Flow()
    {
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
        {
            var filter = Read(new AclGenerator(1).Draw(count));
            var random = new Random(2);
            var packets = Enumerable.Range(0, 20_000).Select(_ => Packet(filter, random)).ToArray();
            var watch = Stopwatch.StartNew();
            var index = new PacketIndex(filter);
            var build = watch.Elapsed.TotalMilliseconds;
            var sum = 0;
            var each = Measure(() =>
            {
                foreach (var packet in packets)
                    sum += (int)index.Decide(packet).Verdict;
                return sum;
            }, 41);
            var (median, best) = (each.Median * 1e6 / packets.Length, each.Best * 1e6 / packets.Length);
            var scan = Best(() =>
            {
                for (var i = 0; i < 200; i++)
                    sum += (int)LinearDecider.Decide(filter, packets[i]).Verdict;
                return sum;
            }, 3) * 1e6 / 200;
            Console.WriteLine($"one flow in {count} lines: median {median:0} ns, best {best:0} ns ({build:0.0} ms to make ready); line after line {scan:0} ns, ratio {median / scan:0.0000}");
        }
    }

    private static Packet Packet(Filter filter, Random random)
    {
        var match = filter.Terms[random.Next(filter.Terms.Count)].Match;
        return new Packet
        {
            Source = match.Source.IsAny ? (uint)random.Next() : match.Source[0].Low,
            Destination = match.Destination.IsAny ? (uint)random.Next() : match.Destination[0].Low,
            Protocol = match.Protocols.IsAll ? 6 : match.Protocols.First,
            SourcePort = random.Next(1024, 65536),
            DestinationPort = match.DestinationPorts is { IsEmpty: false } ports ? ports.Runs[0].Low : 80,
            TcpFlags = 2,
        };
    }

    private static void Diff()
    {
        foreach (var count in new[] { 10_000, 100_000 })
        {
            var lines = new AclGenerator(1).Draw(count);
            var changed = lines.ToList();
            var random = new Random(3);
            var others = new AclGenerator(9).Draw(40);
            for (var i = 0; i < 20; i++)
                changed[random.Next(changed.Count - 1)] = others[i];
            var (before, after) = (Read(lines), Read(changed));
            Comparison? comparison = null;
            var diff = Measure(() => (comparison = FilterComparer.Compare(before, after)).Differences.Count, 101);
            var same = Best(() => FilterComparer.Compare(before, Read(lines)).Differences.Count, 3);
            var plain = Measure(() => before.Terms.Select(term => term.ToString()).Except(after.Terms.Select(term => term.ToString())).Count(), 101);
            Say($"difference of 20 changed lines in {count}", diff, $"{comparison!.Verdict}, {comparison.Differences.Count} differences with witness; reading and finding no difference {same:0.0} ms; comparing the lines as words only: {plain}, ratio of the medians {diff.Median / plain.Median:0.0}");
        }
    }

    /// <summary>What a first run costs, which is what a command line pays; what one costs once the runtime has settled; and the quickest, which other work on the machine disturbed least.</summary>
    private sealed record Times(double First, double Median, double Best)
    {
        public override string ToString() => $"first {First:0.00} ms, median {Median:0.00} ms, best {Best:0.00} ms";
    }

    private static Times Measure(Func<int> act, int times)
    {
        var all = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            act();
            all.Add(watch.Elapsed.TotalMilliseconds);
        }

        // In the first half the runtime still compiles what it has seen to be busy.
        return new Times(all[0], all.Skip(times / 2).Order().ElementAt((times - (times / 2)) / 2), all.Min());
    }

    private static double Best(Func<int> act, int times) => Measure(act, times).Best;

    private static void Say(string what, double milliseconds, string rest) => Console.WriteLine($"{what}: {milliseconds:0.00} ms; {rest}");

    private static void Say(string what, Times times, string rest) => Console.WriteLine($"{what}: {times}; {rest}");
}
