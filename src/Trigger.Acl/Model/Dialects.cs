namespace Trigger.Acl.Model;

/// <summary>What is true of a whole dialect.</summary>
public static class Dialects
{
    public static FragmentRule FragmentRule(Dialect dialect) => dialect switch
    {
        Dialect.Junos => Model.FragmentRule.NoField,
        Dialect.Asa or Dialect.ScreenOs or Dialect.PanOs => Model.FragmentRule.Reassembles,
        _ => Model.FragmentRule.PermitOnLayer3,
    };

    /// <summary>The word a person types for it.</summary>
    public static string Word(Dialect dialect) => dialect switch
    {
        Dialect.Ios => "ios",
        Dialect.IosXr => "iosxr",
        Dialect.NxOs => "nxos",
        Dialect.Asa => "asa",
        Dialect.Eos => "eos",
        Dialect.Brocade => "brocade",
        Dialect.Dell => "dell",
        Dialect.Junos => "junos",
        Dialect.ScreenOs => "screenos",
        _ => "panos",
    };

    public static bool TryParse(string word, out Dialect dialect)
    {
        foreach (var candidate in Enum.GetValues<Dialect>())
        {
            dialect = candidate;
            if (Word(candidate).Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        dialect = word.ToLowerInvariant() switch { "ios_named" or "cisco" => Dialect.Ios, "nx-os" => Dialect.NxOs, "xr" or "ios-xr" => Dialect.IosXr, "arista" => Dialect.Eos, "foundry" => Dialect.Brocade, "ftos" or "force10" => Dialect.Dell, "juniper" => Dialect.Junos, "netscreen" => Dialect.ScreenOs, "paloalto" => Dialect.PanOs, _ => (Dialect)(-1) };
        return (int)dialect >= 0;
    }
}
