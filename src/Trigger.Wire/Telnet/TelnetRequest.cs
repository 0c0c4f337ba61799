namespace Trigger.Wire.Telnet;

/// <summary>The far end asks to use an option itself (<see cref="TelnetVerb.Will"/>) or that we do (<see cref="TelnetVerb.Do"/>).</summary>
public readonly record struct TelnetRequest(TelnetVerb Verb, TelnetOption Option)
{
    public override string ToString() => $"{TelnetNames.Of(Verb)} {TelnetNames.Of(Option)}";
}
