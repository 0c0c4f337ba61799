using System.Text.RegularExpressions;

namespace Trigger.Jobs.Interfaces;

/// <summary>
/// Reads interfaces as a running system tells them, and not its configuration: iproute2's <c>ip -o</c>, and FRR's <c>show interface</c>. Neither knows of ACLs on interfaces. Lines that it does
/// not know are passed over.
/// </summary>
internal sealed partial class KernelInterfaces
{
    private readonly Dictionary<string, InterfaceDraft> byName = new(StringComparer.Ordinal);
    private readonly List<InterfaceDraft> inOrder = [];

    /// <param name="text">The answers to <c>ip -o link show</c> and <c>ip -o addr show</c>, in that order.</param>
    public static IReadOnlyList<InterfaceInfo> Linux(string text)
    {
        var reader = new KernelInterfaces();
        foreach (var line in text.AsSpan().EnumerateLines())
            reader.TakeLinux(line.ToString());
        return reader.Finish();
    }

    public static IReadOnlyList<InterfaceInfo> Frr(string text)
    {
        var reader = new KernelInterfaces();
        InterfaceDraft? current = null;
        foreach (var line in text.AsSpan().EnumerateLines())
            current = reader.TakeFrr(line.ToString(), current);
        return reader.Finish();
    }

    private void TakeLinux(string line)
    {
        if (Link().Match(line) is { Success: true } link)
        {
            var draft = Named(link.Groups["name"].Value);
            draft.IsDisabled = !link.Groups["flags"].Value.Split(',').Contains("UP");

            // In one line, what would be further lines is behind a backslash.
            if (line.IndexOf("\\    alias ", StringComparison.Ordinal) is > 0 and var alias)
                draft.Description = line[(alias + "\\    alias ".Length)..].Split('\\')[0].Trim();
        }
        else if (Address().Match(line) is { Success: true } address)
        {
            Named(address.Groups["name"].Value).AddAddress(WithLength(address));
        }
    }

    // "inet 10.0.0.1 peer 10.0.0.2/32" has the length at the far end's address.
    private static string WithLength(Match address) => address.Groups["peer"] is { Success: true } peer && peer.Value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
        ? address.Groups["own"].Value + peer.Value[slash..]
        : address.Groups["own"].Value;

    private InterfaceDraft? TakeFrr(string line, InterfaceDraft? current)
    {
        if (Paragraph().Match(line) is { Success: true } begins)
        {
            current = Named(begins.Groups["name"].Value);
            current.IsDisabled = begins.Groups["state"].Value == "down";
            return current;
        }

        if (current is null || line.Length == 0 || !char.IsWhiteSpace(line[0]))
            return null;

        switch (line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries))
        {
            // What FRR was told counts before the alias that the system has.
            case ["Description:", ..]:
                current.Description = line.Trim()["Description:".Length..].Trim();
                break;
            case ["OS", "Description:", var alias] when current.Description.Length == 0:
                current.Description = alias.Trim();
                break;
            case ["inet" or "inet6", var address, ..]:
                current.AddAddress(address);
                break;
        }

        return current;
    }

    private InterfaceDraft Named(string name)
    {
        if (!byName.TryGetValue(name, out var draft))
        {
            byName.Add(name, draft = new InterfaceDraft(name));
            inOrder.Add(draft);
        }

        return draft;
    }

    private List<InterfaceInfo> Finish() => [.. inOrder.Select(draft => draft.Finish())];

    [GeneratedRegex(@"^\d+: (?<name>[^:@\s]+)(?:@\S+)?: <(?<flags>[A-Z0-9_,-]*)>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\d+: (?<name>[^:@\s]+)\s+inet6? (?<own>\S+)(?: peer (?<peer>\S+))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^Interface (?<name>\S+) is (?<state>up|down)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Paragraph();
}
