using System.Globalization;

namespace Trigger.Benchmarks;

/// <summary>Draws lists of the shape that router filters have: prefixes from a few pools, well-known ports, a few lines that others take whole. Seeded.</summary>
internal sealed class AclGenerator(int seed)
{
    private static readonly int[] WellKnown = [80, 443, 22, 25, 53, 110, 143, 993, 995, 21, 23, 123, 161, 162, 179, 389, 636, 445, 139, 3389, 8080, 8443, 5060, 514, 49, 1812, 3306, 5432];

    private static readonly int[] Lengths = [8, 12, 12, 16, 16, 16, 16, 16, 16, 20, 20, 20, 20, 20, 20, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24];

    private readonly Random random = new(seed);

    public List<string> Draw(int count)
    {
        var tops = Enumerable.Range(0, 12).Select(_ => (uint)random.Next(1, 223) << 24).ToArray();
        var sources = Pool(tops, Math.Max(4, count / 30));
        var destinations = Pool(tops, Math.Max(4, count / 20));
        var lines = new List<string>(count);
        while (lines.Count < count - 1)
        {
            if (lines.Count > 10 && random.Next(100) < 3)
                lines.Add(Narrowed(lines[random.Next(lines.Count)]));
            else if (Line(sources, destinations) is { } line)
                lines.Add(line);
        }

        lines.Add("deny ip any any");
        return lines;
    }

    /// <summary>Squares of source strips by destination strips, and one line over all of them that only they together cover. The strips are a power of two.</summary>
    public static List<string> Plaid(int strips)
    {
        var squares = (from source in Enumerable.Range(0, strips) from destination in Enumerable.Range(0, strips) select $"permit ip 10.{source}.0.0 0.0.255.255 10.{destination}.0.0 0.0.255.255").ToArray();
        new Random(4).Shuffle(squares);
        return [.. squares, $"deny ip 10.0.0.0 0.{strips - 1}.255.255 10.0.0.0 0.{strips - 1}.255.255", "deny ip any any"];
    }

    public static string List(IEnumerable<string> lines) => "ip access-list extended BENCH\n" + string.Concat(lines.Select(line => $" {line}\n"));

    private (uint Value, int Length)[] Pool(uint[] tops, int size) => [.. Enumerable.Range(0, size).Select(_ =>
    {
        var length = Lengths[random.Next(Lengths.Length)];
        var value = tops[random.Next(tops.Length)] | (uint)random.Next(1 << 24);
        return (value & (uint)(uint.MaxValue << (32 - length)), length);
    })];

    // A line for everything would make the rest dead: those are not drawn.
    private string? Line((uint, int)[] sources, (uint, int)[] destinations)
    {
        var protocol = random.Next(100) switch { < 60 => "tcp", < 84 => "udp", < 94 => "ip", _ => "icmp" };
        var (source, sourceAny, _) = Net(sources, 22);
        var (destination, destinationAny, length) = Net(destinations, 4);
        var ported = protocol is "tcp" or "udp";
        var port = ported ? random.Next(100) switch { < 72 => $" eq {WellKnown[random.Next(28)]}", < 80 => $" eq {random.Next(65536)}", < 88 => random.Next(60000) is var low ? $" range {low} {low + random.Next(3000)}" : "", < 93 => " gt 1023", _ => "" } : "";
        var from = ported ? random.Next(100) switch { < 6 => " gt 1023", < 9 => $" eq {random.Next(65536)}", _ => "" } : "";
        if ((sourceAny && destinationAny) || (port.Length == 0 && sourceAny && length < 20))
            return null;
        var established = protocol == "tcp" && port.Length == 0 && random.Next(10) < 3 ? " established" : "";
        return $"{(random.Next(5) > 0 ? "permit" : "deny")} {protocol} {source}{from} {destination}{port}{established}";
    }

    private (string Text, bool Any, int Length) Net((uint Value, int Length)[] pool, int wild)
    {
        if (random.Next(100) < wild)
            return ("any", true, 0);
        var (value, length) = pool[random.Next(pool.Length)];
        var own = random.Next(100) switch { < 55 => 32, < 75 => Math.Max(24, length), _ => random.Next(Math.Max(length, 18), 33) };
        var free = own == 32 ? 0u : uint.MaxValue >> own;
        var address = (value | ((uint)random.Next() & (length == 32 ? 0u : uint.MaxValue >> length))) & ~free;
        return (own == 32 ? $"host {Text(address)}" : $"{Text(address)} {Text(free)}", false, own);
    }

    // The same line for a part of its packets.
    private string Narrowed(string line)
    {
        var at = line.IndexOf(" any", StringComparison.Ordinal);
        return at < 0 ? line : line[..at] + $" host {Text((uint)random.Next(1 << 24) | 0x0B000000u)}" + line[(at + 4)..];
    }

    private static string Text(uint address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}");
}
