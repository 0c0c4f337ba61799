namespace Trigger.Jobs.Interfaces;

/// <summary>
/// Reads interfaces out of a configuration in the manner of IOS, line by line: whatever a line is that it does not know, the next one counts. It reads IOS, IOS-XE, IOS-XR,
/// NX-OS, ASA, EOS, FTOS, FastIron, FRR and their kin alike, because they differ in words and not in shape.
/// </summary>
internal sealed class IosInterfaces
{
    private readonly Dictionary<string, InterfaceDraft> byName = new(StringComparer.Ordinal);
    private readonly List<InterfaceDraft> inOrder = [];
    private InterfaceDraft? current;

    public static IReadOnlyList<InterfaceInfo> Read(string text)
    {
        var reader = new IosInterfaces();
        foreach (var line in text.AsSpan().EnumerateLines())
            reader.Take(line);
        return [.. reader.inOrder.Select(draft => draft.Finish())];
    }

    private void Take(ReadOnlySpan<char> line)
    {
        if (line.IsWhiteSpace())
            return;

        var words = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (char.IsWhiteSpace(line[0]))
        {
            if (current is not null)
                Inside(current, words, line.Trim());
            return;
        }

        current = null;
        if (words is ["interface", .. var name] && name.Length > 0)
            current = Named(name);
        else if (words is ["access-group", var acl, "in" or "out", "interface", var where, ..])
            inOrder.Find(draft => draft.NameIf == where)?.AddAcl(acl, words[2] == "in");
    }

    // "ethernet 6/6" and "ethernet6/6" are one interface. What else may follow ("l2transport", "point-to-point", "vrf RED") is no part of its name.
    private InterfaceDraft Named(string[] words)
    {
        if (words is ["preconfigure", _, ..])
            words = words[1..];

        var name = words is [var kind, [>= '0' and <= '9', ..] number, ..] && !char.IsAsciiDigit(kind[^1]) ? kind + number : words[0];
        if (byName.TryGetValue(name, out var known))
            return known;

        var draft = new InterfaceDraft(name);
        byName.Add(name, draft);
        inOrder.Add(draft);
        return draft;
    }

    private static void Inside(InterfaceDraft draft, string[] words, ReadOnlySpan<char> line)
    {
        switch (words)
        {
            case ["description" or "port-name", _, ..]:
                draft.Description = Unquoted(line[words[0].Length..].Trim());
                break;
            case ["shutdown" or "disable"]:
                draft.IsDisabled = true;
                break;
            case ["no" or "undo", "shutdown"] or ["enable"]:
                draft.IsDisabled = false;
                break;
            case ["nameif", var name, ..]:
                draft.NameIf = name;
                break;
            case ["ip" or "ipv4", "address", var address, var mask, ..] when mask.Contains('.', StringComparison.Ordinal):
                draft.AddAddress(address, mask);
                break;
            case ["ip" or "ipv4" or "ipv6", "address", var address, ..]:
                draft.AddAddress(address);
                break;
            case ["ip" or "ipv4" or "ipv6", "access-group" or "traffic-filter", var acl, var direction, ..] when direction is "in" or "out" or "ingress" or "egress":
                draft.AddAcl(acl, direction is "in" or "ingress");
                break;
            case ["traffic-filter", "inbound" or "outbound", "acl", .. var named] when named.Length > 0: // Huawei.
                draft.AddAcl(named[^1], words[1] == "inbound");
                break;
            case ["packet-filter", .. var bound] when bound.Length > 1 && bound[^1] is "inbound" or "outbound": // Comware.
                draft.AddAcl(bound[^2], bound[^1] == "inbound");
                break;
        }
    }

    // Quotes around the whole are the configuration's; others are the description's.
    private static string Unquoted(ReadOnlySpan<char> text) => (text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text).ToString();
}
