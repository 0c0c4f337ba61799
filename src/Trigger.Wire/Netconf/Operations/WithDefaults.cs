namespace Trigger.Wire.Netconf.Operations;

/// <summary>What to do about data that has its default value (RFC 6243 §3).</summary>
public enum WithDefaults
{
    ReportAll,
    ReportAllTagged,
    Trim,
    Explicit,
}

internal static class WithDefaultsWords
{
    internal static string Word(this WithDefaults mode) => mode switch
    {
        WithDefaults.ReportAll => "report-all",
        WithDefaults.ReportAllTagged => "report-all-tagged",
        WithDefaults.Trim => "trim",
        _ => "explicit",
    };
}
