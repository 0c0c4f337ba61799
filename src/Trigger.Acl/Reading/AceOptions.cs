using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Reads what stands behind the addresses of a line.</summary>
internal static class AceOptions
{
    private static readonly RangeSet Later = RangeSet.Of(1, 8191);

    // RFC 3168.
    private static readonly NameTable Ecn = new("non-ect 0 ect-1 1 ect-0 2 ce 3");

    /// <summary>Null when the line is well; otherwise the mistake.</summary>
    public static LineMistake? Read(ref Words words, AceLine line)
    {
        while (!words.Done)
        {
            var word = words.Take();
            if (Known(word, ref words, line) is { } mistake)
                return mistake;
        }

        return null;
    }

    private static LineMistake? Known(ReadOnlySpan<char> word, ref Words words, AceLine line)
    {
        switch (word)
        {
            case "log" or "log-input" or "log_input":
                return Log(word, ref words, line);
            case "established":
                return Flags(line, Names.Established, words.At);
            case "fragments" or "fragment":
                line.Rare = (line.Rare ?? new RareMatch()) with { FragmentOffset = Later };
                return null;
            case "match-any" or "match-all":
                return SignedFlags(ref words, line, all: word is "match-all");
            case "dscp-matching":
                return Header("dscp", ref words, line);
            case "ecn" when words.Peek() is "ect" or "ect-ce":
                line.Rare = (line.Rare ?? new RareMatch()) with { Ecn = words.Take() is "ect" ? ByteSet.Range(1, 2) : ByteSet.Range(1, 3) };
                return null;
            case "dscp" or "precedence" or "tos" or "ttl" or "hop-limit" or "ecn" or "packet-length":
                return Header(word, ref words, line);
            case "time-range":
                line.Unknown.Add($"time-range {words.Take()}");
                return null;
            case "reflect" or "nexthop1" or "nexthop2" or "nexthop3" or "set" or "police" or "capture" or "redirect":
                line.Modifiers.Add(new Modifier(word.ToString(), words.Rest() is { IsEmpty: false } rest ? rest.ToString() : null));
                return null;
            // What is done with the packet besides, with one word of its own: XR's counters, Dell's order, Brocade's marks.
            case "counter" or "order" or "priority-force" or "priority-mapping" or "priority" or "dscp-marking" or "802.1p-priority-marking" or "internal-priority-marking" or "traffic-policy":
                line.Modifiers.Add(new Modifier(word.ToString(), words.Take().ToString()));
                return null;
            case "count" or "monitor" or "no-drop" or "mirror" or "bytes" or "byte":
                line.Modifiers.Add(new Modifier(word.ToString()));
                return null;
            case "inactive":
                line.Inactive = true;
                return null;
            case "sequence":
                words.Take();
                return null;
        }

        if (line.IsIcmp && Icmp(word, ref words, line))
            return line.Mistake;
        if (Names.TcpFlags.TryNumber(word, out var flag) && line.Is(6))
            return BareFlags(flag, ref words, line);
        line.Unknown.Add(words.Done ? word.ToString() : $"{word} {words.Rest()}");
        return null;
    }

    // A word behind "log" that is no option of its own is the tag or the level that goes into the message.
    private static LineMistake? Log(ReadOnlySpan<char> word, ref Words words, AceLine line)
    {
        var next = words.Peek();
        string? tag = null;
        var trial = new AceLine(line.Context) { Protocols = line.Protocols };
        var ahead = words;
        if (!next.IsEmpty && Known(ahead.Take(), ref ahead, trial) is null && trial is { Unknown.Count: > 0 } && trial.Unknown[0].StartsWith(next, StringComparison.Ordinal))
            tag = words.Rest().ToString();
        line.Modifiers.Add(new Modifier(word is "log" ? "log" : "log-input", tag));
        return null;
    }

    private static LineMistake? Flags(AceLine line, ByteSet flags, int at)
    {
        if (!line.Is(6) && line.Services is null)
            return new LineMistake(at, "only tcp has flags");
        line.Rare = (line.Rare ?? new RareMatch()) with { TcpFlags = line.Rare?.TcpFlags is { } before ? before & flags : flags };
        return null;
    }

    // Bare flag names match when any of them is set.
    private static LineMistake? BareFlags(int flag, ref Words words, AceLine line)
    {
        var wanted = flag;
        var at = words.At;
        while (Names.TcpFlags.TryNumber(words.Peek(), out var more))
        {
            words.Take();
            wanted |= more;
        }

        return Flags(line, ByteSet.Where(flags => (flags & wanted) != 0), at);
    }

    private static LineMistake? SignedFlags(ref Words words, AceLine line, bool all)
    {
        var at = words.At;
        int set = 0, clear = 0;
        while (words.Peek() is { Length: > 1 } word && word[0] is '+' or '-')
        {
            words.Take();
            if (!Names.TcpFlags.TryNumber(word[1..], out var flag))
                return new LineMistake(words.At, $"expected a TCP flag, got '{AceParser.Short(word)}'");
            if (word[0] == '+')
                set |= flag;
            else
                clear |= flag;
        }

        if (set + clear == 0)
            return new LineMistake(words.NextAt, "expected flags such as +syn -ack");
        return Flags(line, ByteSet.Where(flags => all ? (flags & set) == set && (flags & clear) == 0 : (flags & set) != 0 || (~flags & clear) != 0), at);
    }

    private static LineMistake? Header(ReadOnlySpan<char> word, ref Words words, AceLine line)
    {
        var rare = line.Rare ?? new RareMatch();
        switch (word)
        {
            case "dscp":
                return Value(ref words, Names.Dscp, 63, out var dscp) ?? Set(line, rare with { Dscp = dscp });
            case "precedence":
                return Value(ref words, Names.Precedence, 7, out var precedence) ?? Set(line, rare with { Precedence = precedence });
            case "tos":
                return Value(ref words, Names.TypeOfService, 15, out var service) ?? Set(line, rare with { TypeOfService = service });
            case "ecn":
                return Value(ref words, Ecn, 3, out var ecn) ?? Set(line, rare with { Ecn = ecn });
            case "packet-length":
                return Compare(ref words, 65535, out var length) ?? Set(line, rare with { Length = length });
            default:
                var wrong = Compare(ref words, 255, out var ttl);
                return wrong ?? Set(line, rare with { Ttl = ByteSet.Where(ttl!.Contains) });
        }
    }

    private static LineMistake? Set(AceLine line, RareMatch rare)
    {
        line.Rare = rare;
        return null;
    }

    private static LineMistake? Value(ref Words words, NameTable? names, int most, out ByteSet set)
    {
        var word = words.Take();
        set = ByteSet.Empty;
        var number = -1;
        if (!int.TryParse(word, NumberStyles.None, null, out number) && names?.TryNumber(word, out number) != true)
            return new LineMistake(words.At, word.IsEmpty ? "expected a value, the line ends" : $"expected a value, got '{AceParser.Short(word)}'");
        if (number > most)
            return new LineMistake(words.At, $"{number} is out of range; the values are 0 to {most}");
        set = ByteSet.Of(number);
        return null;
    }

    private static LineMistake? Compare(ref Words words, int most, out RangeSet? set)
    {
        set = null;
        var kind = words.Take();
        var at = words.At;
        // "ttl 5" is "ttl eq 5".
        var bare = int.TryParse(kind, NumberStyles.None, null, out var first);
        if (!bare && !int.TryParse(words.Take(), NumberStyles.None, null, out first))
            return new LineMistake(words.At, "expected a number");
        var second = first;
        if (kind is "range" && !int.TryParse(words.Take(), NumberStyles.None, null, out second))
            return new LineMistake(words.At, "expected a second number");
        if (first > most || second > most)
            return new LineMistake(words.At, $"out of range; the values are 0 to {most}");
        set = kind switch
        {
            "eq" => RangeSet.Of(first),
            "neq" => RangeSet.Of(first).Complement(),
            "lt" => RangeSet.Of(0, first - 1),
            "gt" => RangeSet.Of(first + 1, 65535),
            "le" => RangeSet.Of(0, first),
            "ge" => RangeSet.Of(first, 65535),
            "range" => RangeSet.Of(first, second),
            _ when bare => RangeSet.Of(first),
            _ => null,
        };
        return set is null ? new LineMistake(at, $"expected eq, neq, lt, gt or range, got '{AceParser.Short(kind)}'") : null;
    }

    private static bool Icmp(ReadOnlySpan<char> word, ref Words words, AceLine line)
    {
        int type, code = 255;
        if (int.TryParse(word, NumberStyles.None, null, out type))
        {
            if (int.TryParse(words.Peek(), NumberStyles.None, null, out code))
                words.Take();
            else
                code = 256;
        }
        else if ((line.Is(58) ? Names.Icmp6 : Names.IosIcmp).TryNumber(word, out var both))
        {
            (type, code) = (both >> 8, (both & 255) == 255 ? 256 : both & 255);
        }
        else
        {
            return false;
        }

        if (type > 255 || code > 256)
            line.Mistake = new LineMistake(words.At, "ICMP types and codes are 0 to 255");
        else
            line.Rare = (line.Rare ?? new RareMatch()) with { IcmpTypes = ByteSet.Of(type), IcmpCodes = code == 256 ? null : ByteSet.Of(code) };
        return true;
    }
}
