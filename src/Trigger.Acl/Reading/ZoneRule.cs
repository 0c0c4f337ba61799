using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>A policy between zones while its lines come in (ScreenOS, PAN-OS).</summary>
internal sealed class ZoneRule(string name, Position at)
{
    public string Name => name;

    public Position At => at;

    public List<string> From { get; } = [];

    public List<string> To { get; } = [];

    public List<string> Sources { get; } = [];

    public List<string> Destinations { get; } = [];

    public List<string> Services { get; } = [];

    public List<string> Unknown { get; } = [];

    public TermAction? Action { get; set; }

    /// <summary>True for packets that stay in their zone, false for those that leave it, null for both.</summary>
    public bool? Within { get; set; }

    public bool Log { get; set; }

    public bool Disabled { get; set; }
}
