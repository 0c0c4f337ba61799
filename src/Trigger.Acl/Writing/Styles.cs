using Trigger.Acl.Model;

namespace Trigger.Acl.Writing;

public static class Styles
{
    public static Dialect DialectOf(Style style) => style switch
    {
        Style.Ios or Style.IosNamed => Dialect.Ios,
        Style.IosXr => Dialect.IosXr,
        Style.NxOs => Dialect.NxOs,
        Style.Asa => Dialect.Asa,
        Style.Eos => Dialect.Eos,
        Style.Brocade => Dialect.Brocade,
        Style.Dell => Dialect.Dell,
        Style.ScreenOs => Dialect.ScreenOs,
        _ => Dialect.Junos,
    };

    /// <summary>The words a person types for them.</summary>
    public static IReadOnlyList<string> Words { get; } = ["ios", "ios_named", "iosxr", "nxos", "asa", "eos", "brocade", "dell", "junos", "junos_set", "screenos"];

    public static bool TryParse(string word, out Style style)
    {
        var index = Words.ToList().FindIndex(one => one.Replace("_", "", StringComparison.Ordinal).Equals(word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        style = (Style)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>How a filter of the dialect is written by habit; null for those that are only read.</summary>
    public static Style? Of(Filter filter) => filter.Dialect switch
    {
        Dialect.Ios => filter.Name is { } name && name.All(char.IsAsciiDigit) && filter.Family == Values.Family.Inet ? Style.Ios : Style.IosNamed,
        Dialect.IosXr => Style.IosXr,
        Dialect.NxOs => Style.NxOs,
        Dialect.Asa => Style.Asa,
        Dialect.Eos => Style.Eos,
        Dialect.Brocade => Style.Brocade,
        Dialect.Dell => Style.Dell,
        Dialect.Junos => filter.IsSetForm ? Style.JunosSet : Style.Junos,
        _ => null,
    };
}
