using System.Text.RegularExpressions;
using Trigger.Devices;
using Trigger.Hocon;

namespace Trigger.Jobs.Policing;

/// <summary>One rule of a policy. What it does not say is true of everybody and everything.</summary>
internal sealed record CommandRule(bool Allows, IReadOnlyList<Regex> Patterns, ConfigOrigin Origin)
{
    public IReadOnlySet<PolicyRole>? Roles { get; init; }

    public IReadOnlySet<string>? Platforms { get; init; }

    public IReadOnlySet<string>? Vendors { get; init; }

    /// <summary>Names of the devices that its selection means.</summary>
    public IReadOnlySet<string>? Devices { get; init; }

    public bool IsAbout(PolicyRole role, NetDevice device) =>
        Roles?.Contains(role) != false && Platforms?.Contains(device.Platform) != false && Vendors?.Contains(device.Vendor) != false && Devices?.Contains(device.Name) != false;

    public bool Means(string line) => Patterns.Any(pattern => pattern.IsMatch(line));
}
