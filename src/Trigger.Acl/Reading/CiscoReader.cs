using System.Globalization;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>
/// Reads the lists out of a text of Cisco's kind: IOS, IOS-XR, NX-OS, ASA, EOS, Brocade, Dell. The text may be a whole configuration; what is no list is left alone.
/// </summary>
internal sealed class CiscoReader
{
    private readonly string text;
    private readonly ReadLimits limits;
    private readonly AceRules rules;
    private readonly DiagnosticList said;
    private readonly AceParser parser;
    private readonly List<FilterDraft> drafts = [];
    private readonly List<Comment> pending = [];
    private FilterDraft? block;
    // Inside a block of something else, whose lines may look like a list's: groups, prefix lists, lists of MAC addresses.
    private bool foreign;

    public CiscoReader(string text, Dialect dialect, ReadLimits limits, DiagnosticList said)
    {
        this.text = text;
        this.limits = limits;
        this.said = said;
        rules = AceRules.Of(dialect);
        var groups = new GroupTable(limits, said);
        if (text.Contains("object", StringComparison.Ordinal) || (dialect == Dialect.Asa && text.Contains("name ", StringComparison.Ordinal)))
            new CiscoGroups(rules, groups, said).Read(text);
        parser = new AceParser(rules, groups, said);
    }

    public IReadOnlyList<Filter> Read()
    {
        for (var lines = new CiscoLines(text, rules.Dialect); lines.Next();)
        {
            if (lines.Line.Length > limits.LineLength)
                said.Error(new Position(lines.Number, 1), $"the line has more than {limits.LineLength} characters");
            else if (!lines.Line.IsEmpty)
                ReadLine(lines.Line, lines.Number, lines.Start);
        }

        if (drafts.Count > 0)
            drafts[^1].Trailing.AddRange(pending);
        return [.. drafts.Select(draft => draft.ToFilter(rules.Dialect, said))];
    }

    private void ReadLine(ReadOnlySpan<char> line, int number, int start)
    {
        var words = new Words(line);
        var indent = words.NextAt;
        if (indent >= line.Length)
            return;
        if (line[indent] == '!')
        {
            pending.Add(new Comment(line[(indent + 1)..].Trim().ToString(), IsRemark: false, new Position(number, indent + 1)));
            return;
        }

        var ahead = words;
        switch (ahead.Take())
        {
            case "access-list":
                foreign = false;
                OneLine(ref ahead, number, start, line.Length);
                return;
            case "ip" or "ipv4" or "ipv6" or "mac" when ahead.TryTake("access-list"):
                foreign = false;
                Header(line[indent..].StartsWith("ipv6", StringComparison.Ordinal) ? Family.Inet6 : Family.Inet, ref ahead, number, start, line);
                return;
            case "ip" when ahead.Peek() is "rebind-acl" or "rebind-receive-acl" && drafts.Count > 0:
                drafts[^1].Options.Add(line[indent..].ToString());
                return;
            case "no" when Forget(ref ahead):
                return;
            case "object-group" or "object":
                Close(foreign: true);
                return;
            case "permit" or "deny" or "remark" or "evaluate" or "dynamic" or "seq" or "sequence":
                if (!foreign || indent == 0)
                    Body(ref words, number, start, line.Length);
                return;
            case var word when IsNumber(word) && (!foreign || indent == 0) && (block is not null || ahead.Peek() is "permit" or "deny" or "remark" or "evaluate"):
                Body(ref words, number, start, line.Length);
                return;
            default:
                Other(line, indent, number);
                return;
        }
    }

    private void Other(ReadOnlySpan<char> line, int indent, int number)
    {
        var word = new Words(line).Take();
        var at = new Position(number, indent + 1);
        if (block is not null && word is "statistics" or "counters" or "fragments" or "ignore" or "hardware" or "fragment-rules" or "description" or "resequence" or "atomic")
        {
            block?.Options.Add(line[indent..].ToString());
            return;
        }

        if (word is "end" or "exit")
        {
            Close(foreign && indent > 0);
            return;
        }

        // A line of a list is expected, or it looks like one that was meant to be: silence would leave it out of the answers.
        var inside = block is not null && (block.Indented == true ? indent > 0 : block.Indented == false || indent > 0);
        if (inside)
        {
            block!.LeftOut++;
            said.Kept(at, $"expected permit, deny or remark, got '{AceParser.Short(word)}'");
        }
        else if (!(foreign && indent > 0) && (Looks(word, "permit") || Looks(word, "deny") || Looks(word, "remark")))
        {
            said.Error(at, $"expected permit, deny or remark, got '{AceParser.Short(word)}'");
        }
        else if (Looks(word, "access-list"))
        {
            said.Error(at, $"expected access-list, got '{AceParser.Short(word)}'");
        }
        else
        {
            Close(foreign || indent == 0);
        }
    }

    // access-list 100 permit ...   access-list OUTSIDE line 4 extended permit ...
    private void OneLine(ref Words words, int number, int start, int length)
    {
        var name = words.Take();
        var nameAt = words.At;
        if (name.IsEmpty)
        {
            said.Error(new Position(number, words.At + 1), "expected a list's name, the line ends");
            return;
        }

        if (name is "log" or "alert-interval" or "deny-flow-max" or "hardware" && words.Peek() is not ("permit" or "deny" or "extended"))
            return;
        if (IsOtherKind(name))
        {
            said.Note(new Position(number, nameAt + 1), $"list {name} is no list of IP addresses; it is left alone");
            return;
        }

        if (rules.Dialect == Dialect.Asa && words.TryTake("line"))
            words.Take();
        var standard = IsStandard(name);
        var family = rules.Dialect == Dialect.Asa ? Family.Any : Family.Inet;
        switch (words.Peek())
        {
            case "extended":
                words.Take();
                break;
            case "standard":
                words.Take();
                (standard, family) = (true, Family.Inet);
                break;
            case "webtype" or "ethertype" or "advanced":
                said.Note(new Position(number, words.NextAt + 1), $"list {name} is of kind {words.Peek()}; it is left alone");
                return;
        }

        var draft = Open(name.ToString(), family, standard, new Position(number, nameAt + 1));
        Take(draft, ref words, number, start, length, null);
        block = null;
    }

    private void Header(Family family, ref Words words, int number, int start, ReadOnlySpan<char> line)
    {
        var standard = false;
        if (words.TryTake("standard"))
            standard = true;
        else
            words.TryTake("extended");
        var name = words.Take();
        if (line.TrimStart().StartsWith("mac", StringComparison.Ordinal) || name is "resequence" or "log-update" or "logging" or "helper" or "role-based" or "match-local-traffic" or "fqdn")
        {
            Close(foreign: true);
            return;
        }

        if (name.IsEmpty)
        {
            said.Error(new Position(number, words.At + 1), "expected a list's name, the line ends");
            return;
        }

        var draft = Open(name.ToString(), family, standard, new Position(number, words.At + 1));
        // IOS-XR also writes a whole line behind the name.
        if (!words.Done && (IsNumber(words.Peek()) || words.Peek() is "permit" or "deny" or "remark"))
            Take(draft, ref words, number, start, line.Length, draft);
        block = draft;
    }

    private void Body(ref Words words, int number, int start, int length)
    {
        var indented = words.NextAt > 0;
        if (block is { Indented: null })
            block.Indented = indented;
        else if (block is { Indented: true } && !indented)
            block = null;
        Take(block ?? Open(null, Family.Inet, standard: false, new Position(number, 1)), ref words, number, start, length, block);
    }

    // A line of a list: [seq] [number] permit|deny|remark ...
    private void Take(FilterDraft draft, ref Words words, int number, int start, int length, FilterDraft? stay)
    {
        block = stay ?? draft;
        // IOS-XE writes "sequence" before the number of an IPv6 line.
        _ = words.TryTake("seq") || words.TryTake("sequence");
        int? sequence = null;
        if (int.TryParse(words.Peek(), NumberStyles.None, null, out var written) && written > 0)
        {
            words.Take();
            sequence = written;
        }

        if (words.Peek() is "remark")
        {
            words.Take();
            var at = words.At;
            pending.Add(new Comment(words.Rest().ToString(), IsRemark: true, new Position(number, at + 1), sequence));
            return;
        }

        if (draft.Name is null && draft.IsEmpty && LooksInet6(words.Line))
            draft.Family = Family.Inet6;
        var context = new AceContext(text, number, 1, start, length, draft.Family, draft.Standard);
        if (draft.Family == Family.Inet6)
            sequence ??= Trailing(words.Line);
        if (parser.Parse(ref words, context, sequence, pending.Count > 0 ? [.. pending] : []) is not { } term)
            return;
        draft.Add(term, rules);
        pending.Clear();
    }

    // IOS writes the number of an IPv6 line behind it.
    private static int? Trailing(ReadOnlySpan<char> line)
    {
        var at = line.LastIndexOf(" sequence ");
        return at >= 0 && int.TryParse(line[(at + 10)..].Trim(), NumberStyles.None, null, out var number) && number > 0 ? number : null;
    }

    private FilterDraft Open(string? name, Family family, bool standard, Position at)
    {
        var draft = block is not null && block.Name == name && block.Family == family ? block : null;
        draft ??= name is null ? drafts.Find(one => one.Name is null) : drafts.FindLast(one => one.Name == name && one.Family == family);
        if (draft is null)
        {
            drafts.Add(draft = new FilterDraft(name, family, standard, at));
            if (name is not null && rules.Dialect != Dialect.Asa && pending.Count > 0 && pending.TrueForAll(one => !one.IsRemark) && !char.IsAsciiDigit(name[0]))
            {
                draft.Heading.AddRange(pending);
                pending.Clear();
            }
        }

        return draft;
    }

    private bool Forget(ref Words words)
    {
        var plain = words.TryTake("access-list");
        if (!plain && !((words.TryTake("ip") || words.TryTake("ipv4") || words.TryTake("ipv6")) && words.TryTake("access-list")))
            return false;
        _ = words.TryTake("extended") || words.TryTake("standard");
        var name = words.Take().ToString();
        drafts.RemoveAll(draft => draft.Name == name);
        Close();
        return true;
    }

    private void Close(bool foreign = false)
    {
        this.foreign = foreign;
        block = null;
        pending.Clear();
    }

    private static bool LooksInet6(ReadOnlySpan<char> line) => line.Contains("::", StringComparison.Ordinal);

    private static bool IsNumber(ReadOnlySpan<char> word) => !word.IsEmpty && word.Length < 11 && !word.ContainsAnyExceptInRange('0', '9');

    private bool IsStandard(ReadOnlySpan<char> name) =>
        rules.Dialect != Dialect.Asa && int.TryParse(name, NumberStyles.None, null, out var number) && number is (>= 1 and <= 99) or (>= 1300 and <= 1999);

    // 200 to 1299 are lists of types, DECnet, XNS, AppleTalk, MAC addresses and IPX.
    private bool IsOtherKind(ReadOnlySpan<char> name) =>
        rules.Dialect != Dialect.Asa && int.TryParse(name, NumberStyles.None, null, out var number) && number is >= 200 and <= 1299;

    // One letter wrong, missing, too many or exchanged.
    private static bool Looks(ReadOnlySpan<char> word, ReadOnlySpan<char> meant)
    {
        if (Math.Abs(word.Length - meant.Length) > 1 || word.SequenceEqual(meant))
            return false;
        var head = word.CommonPrefixLength(meant);
        if (word.Length == meant.Length)
            return word[(head + 1)..].SequenceEqual(meant[(head + 1)..]) || (head + 1 < word.Length && word[head] == meant[head + 1] && word[head + 1] == meant[head] && word[(head + 2)..].SequenceEqual(meant[(head + 2)..]));
        return word.Length < meant.Length ? word[head..].SequenceEqual(meant[(head + 1)..]) : word[(head + 1)..].SequenceEqual(meant[head..]);
    }
}
