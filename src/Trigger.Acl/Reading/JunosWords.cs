namespace Trigger.Acl.Reading;

/// <summary>
/// Where a statement of a Junos filter must have ended although nobody wrote its semicolon. To the device a line's end is a blank like any other;
/// only a line that begins with what begins a statement, behind words that are a statement already, tells of a semicolon that was forgotten.
/// </summary>
internal static class JunosWords
{
    // Statements that need no more words.
    private static readonly HashSet<string> Whole =
    [
        "accept", "discard", "reject", "log", "syslog", "sample", "port-mirror", "tcp-established", "tcp-initial", "first-fragment", "is-fragment",
        "interface-specific", "physical-interface-filter", "instance-shared", "enhanced-mode", "fast-filter-lookup",
    ];

    // Statements that need a value.
    private static readonly HashSet<string> Keys =
    [
        "term", "filter", "from", "then", "policer", "family", "prefix-list", "apply-groups", "apply-groups-except", "if-exceeding", "bandwidth-limit", "bandwidth-percent", "burst-size-limit",
        "address", "source-address", "destination-address", "source-prefix-list", "destination-prefix-list", "protocol", "next-header", "payload-protocol",
        "port", "source-port", "destination-port", "icmp-type", "icmp-code", "tcp-flags", "fragment-flags", "fragment-offset", "packet-length", "dscp", "traffic-class", "precedence", "ttl", "hop-limit", "ip-options",
        "next", "count", "forwarding-class", "loss-priority", "three-color-policer", "routing-instance", "next-ip", "next-interface", "ipsec-sa",
        "inactive:", "replace:", "protect:", "delete:", "active:", "unprotect:",
    ];

    /// <summary>Whether the words are a statement, and the first word of the next line begins another.</summary>
    /// <param name="block">The key of what the statement stands in.</param>
    public static bool Ended(string block, List<string> words, string next) =>
        block is "address" or "source-address" or "destination-address" or "prefix-list" or "source-prefix-list" or "destination-prefix-list"
            ? next != "except" && words[0] != "apply-path"
            : IsWhole(words) && Begins(next);

    private static bool IsWhole(List<string> words)
    {
        var first = words[0] is "then" or "from" ? 1 : 0;
        return words.Count > first + 1 || (words.Count == first + 1 && Whole.Contains(words[first]));
    }

    private static bool Begins(string word) => Whole.Contains(word) || Keys.Contains(word) || (word.EndsWith("-except", StringComparison.Ordinal) && Keys.Contains(word[..^7]));
}
