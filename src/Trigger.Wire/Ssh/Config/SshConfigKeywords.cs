using System.Collections.Frozen;
using System.Net;

namespace Trigger.Wire.Ssh.Config;

/// <summary>Which keywords count here, which are OpenSSH's and mean nothing here, and what a value must look like.</summary>
internal static class SshConfigKeywords
{
    private static readonly FrozenDictionary<string, Func<string, string?>> Used = new Dictionary<string, Func<string, string?>>
    {
        ["hostname"] = Any, ["user"] = Any, ["identityfile"] = Any, ["identityagent"] = Any, ["proxycommand"] = Any, ["hostkeyalias"] = Any,
        ["userknownhostsfile"] = Any, ["preferredauthentications"] = Any,
        ["port"] = value => int.TryParse(value, out var port) && port is > 0 and < 65536 ? null : "is no port",
        ["identitiesonly"] = YesOrNo,
        ["proxyjump"] = value => SshHop.ParseList(value) is null ? "is no list of [user@]host[:port]" : null,
        ["hostkeyalgorithms"] = Algorithms, ["kexalgorithms"] = Algorithms, ["ciphers"] = Algorithms, ["macs"] = Algorithms,
        ["pubkeyacceptedalgorithms"] = Algorithms, ["pubkeyacceptedkeytypes"] = Algorithms,
        ["connecttimeout"] = value => value == "none" || SshConfigTime.Parse(value) is not null ? null : "is no time",
        ["serveraliveinterval"] = value => SshConfigTime.Parse(value) is not null ? null : "is no time",
        ["serveralivecountmax"] = value => int.TryParse(value, out var count) && count is >= 0 and <= 1000 ? null : "is no count from 0 to 1000",
        ["bindaddress"] = value => IPAddress.TryParse(value, out _) ? null : "is no address",
        ["stricthostkeychecking"] = value => value.ToLowerInvariant() is "yes" or "no" or "ask" or "accept-new" or "off" ? null : "is none of yes, no, ask, accept-new, off",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Others = (
        "addkeystoagent addressfamily batchmode bindinterface canonicaldomains canonicalizefallbacklocal canonicalizehostname canonicalizemaxdots canonicalizepermittedcnames "
        + "casignaturealgorithms certificatefile challengeresponseauthentication channeltimeout checkhostip clearallforwardings compression connectionattempts controlmaster controlpath controlpersist "
        + "dynamicforward enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fingerprinthash forkafterauthentication forwardagent forwardx11 forwardx11timeout "
        + "forwardx11trusted gatewayports globalknownhostsfile gssapiauthentication gssapidelegatecredentials gssapikeyexchange gssapikexalgorithms gssapirenewalforcesrekey gssapitrustdns "
        + "gssapiclientidentity gssapiserveridentity hashknownhosts hostbasedacceptedalgorithms hostbasedauthentication hostbasedkeytypes ipqos kbdinteractiveauthentication "
        + "kbdinteractivedevices knownhostscommand localcommand localforward loglevel logverbose nohostauthenticationforlocalhost numberofpasswordprompts obscurekeystroketiming "
        + "passwordauthentication permitlocalcommand permitremoteopen pkcs11provider proxyusefdpass pubkeyauthentication rekeylimit remotecommand remoteforward requesttty "
        + "requiredrsasize revokedhostkeys securitykeyprovider sendenv sessiontype setenv stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility tag tcpkeepalive tunnel "
        + "tunneldevice updatehostkeys useprivilegedport usekeychain verifyhostkeydns visualhostkey xauthlocation").Split(' ').ToFrozenSet();

    internal static bool IsUsed(string keyword) => Used.ContainsKey(keyword);

    internal static bool IsOpenSshs(string keyword) => Others.Contains(keyword);

    /// <summary>What is wrong with the values of a keyword that is used; null when nothing is.</summary>
    internal static string? Mistake(string keyword, List<string> words)
    {
        if (words.Count > 1 && keyword is not ("proxycommand" or "userknownhostsfile"))
            return $"{keyword} takes one value, not {words.Count}.";

        return Used[keyword](words[0]) is { } wrong ? $"'{FarText.Show(words[0])}' {wrong} ({keyword})." : null;
    }

    private static string? Any(string value) => value.Length == 0 ? "is empty" : null;

    private static string? YesOrNo(string value) => value.ToLowerInvariant() is "yes" or "no" or "true" or "false" ? null : "is neither yes nor no";

    private static string? Algorithms(string value) =>
        value.TrimStart('+', '-', '^').Split(',').Any(name => name.Length == 0) ? "is no list of algorithms" : null;
}
