using System.Text.RegularExpressions;

namespace Trigger.Wire.Ssh;

/// <summary>Reads the one line in which libssh tells why two algorithm lists have nothing in common (kex.c, ssh_kex_select_methods).</summary>
internal static partial class KexMismatch
{
    internal static WireFault.AlgorithmMismatch? Find(IEnumerable<string> logged)
    {
        foreach (var line in logged)
        {
            if (Line().Match(line) is { Success: true } match)
            {
                return new WireFault.AlgorithmMismatch(
                    Kind(match.Groups["method"].Value), List(match.Groups["server"].Value), List(match.Groups["client"].Value));
            }
        }

        return null;
    }

    private static string Kind(string method) => method switch
    {
        "kex algos" => "key exchange",
        "server host key algo" => "host key",
        _ when method.StartsWith("encryption", StringComparison.Ordinal) => "cipher",
        _ when method.StartsWith("mac", StringComparison.Ordinal) => "MAC",
        _ when method.StartsWith("compression", StringComparison.Ordinal) => "compression",
        _ => method,
    };

    // ext-info-c and the strict-kex markers ride in the list of exchanges but are no algorithms (RFC 8308 §2.1).
    private static string[] List(string names) =>
        [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => !name.StartsWith("ext-info-", StringComparison.Ordinal) && !name.StartsWith("kex-strict-", StringComparison.Ordinal))];

    [GeneratedRegex(@"no match for method (?<method>[^:]{1,64}): server \[(?<server>[^\]]*)\], client \[(?<client>[^\]]*)\]", RegexOptions.None, 1000)]
    private static partial Regex Line();
}
