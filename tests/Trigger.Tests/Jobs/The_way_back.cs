using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

public sealed class The_way_back
{
    [Fact]
    public void removes_what_is_new_and_types_again_what_is_gone()
    {
        string[] before = ["hostname a", "interface e1", " description x", " mtu 9000", "exit", "!", "router bgp 1", " neighbor 192.0.2.1 remote-as 2", "exit", "end"];
        string[] after = ["hostname b", "interface e1", " description y", " mtu 9000", "exit", "!", "ip route 192.0.2.0/24 Null0", "end"];

        Assert.Equal(
            ["no ip route 192.0.2.0/24 Null0", "no hostname b", "hostname a", "interface e1", "no description y", "description x", "exit", "router bgp 1", "neighbor 192.0.2.1 remote-as 2", "exit"],
            ConfigInverse.Lines(before, after));
    }

    [Fact]
    public void replaces_what_there_is_one_of_and_does_not_remove_it_first()
    {
        Assert.Equal(
            ["no ntp server 192.0.2.2", "hostname a", "ntp server 192.0.2.1"],
            ConfigInverse.Lines(["hostname a", "ntp server 192.0.2.1"], ["hostname b", "ntp server 192.0.2.2"], "^(?:hostname|description) "));
        Assert.Equal(["no hostname b"], ConfigInverse.Lines([], ["hostname b"], "^(?:hostname|description) "));
    }

    [Fact]
    public void turns_a_negated_line_around() => Assert.Equal(["ip forwarding"], ConfigInverse.Lines([], ["no ip forwarding"]));

    [Fact]
    public void leads_from_any_configuration_back_to_any_other()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (Some(random, 0), Some(random, 0));

            var device = Model.Of(Shown(after));
            device.Type(ConfigInverse.Lines(Shown(before), Shown(after)));

            Assert.True(Model.Of(Shown(before)).Equals(device), $"Seed {seed}: {string.Join(" / ", ConfigInverse.Lines(Shown(before), Shown(after)))}");
        }
    }

    private static List<(string Line, object Children)> Some(Random random, int depth) =>
    [
        .. Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).Select(n => ($"line {depth} {n}", (object)(depth < 2 && n > 3 ? Some(random, depth + 1) : []))),
    ];

    private static List<string> Shown(object tree, int depth = 0) =>
        [.. ((List<(string Line, object Children)>)tree).SelectMany(node => Shown(node.Children, depth + 1).Prepend(new string(' ', depth) + node.Line).Concat(Model.HasMode(node.Line) ? [new string(' ', depth) + "exit"] : Array.Empty<string>()))];

    /// <summary>A command line that keeps lines in modes: a line that is typed is there, and its mode is entered when it has one.</summary>
    private sealed class Model
    {
        private readonly SortedSet<string> paths = new(StringComparer.Ordinal);

        public static Model Of(IEnumerable<string> shown)
        {
            var (model, open) = (new Model(), new List<string>());
            foreach (var line in shown)
            {
                var depth = line.Length - line.TrimStart().Length;
                if (line.Trim() == "exit")
                    continue;
                open.RemoveRange(depth, open.Count - depth);
                open.Add(line.Trim());
                model.paths.Add(string.Join('/', open));
            }

            return model;
        }

        public void Type(IEnumerable<string> lines)
        {
            var mode = new List<string>();
            foreach (var line in lines)
            {
                var path = string.Join('/', mode.Append(line));
                if (line == "exit")
                    mode.RemoveAt(mode.Count - 1);
                else if (line.StartsWith("no ", StringComparison.Ordinal))
                    paths.RemoveWhere(one => one == string.Join('/', mode.Append(line[3..])) || one.StartsWith(string.Join('/', mode.Append(line[3..])) + "/", StringComparison.Ordinal));
                else if (paths.Add(path) && !HasMode(line))
                    continue;
                else if (HasMode(line))
                    mode.Add(line);
            }
        }

        public override bool Equals(object? other) => other is Model model && paths.SetEquals(model.paths);

        public override int GetHashCode() => paths.Count;

        public static bool HasMode(string line) => line.Split(' ') is [_, "0" or "1", var n] && int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) > 3;
    }
}
