using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Jobs.Interfaces;

/// <summary>
/// Interfaces, addresses and ACLs of many devices (Trigger's <c>NetACLInfo</c>): tells what to ask of each, and reads the answers. It asks nobody itself; a run does.
/// Not safe for several threads.
/// </summary>
public sealed class NetAclInfo
{
    private readonly SortedDictionary<string, IReadOnlyList<InterfaceInfo>> config = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> errors = new(StringComparer.Ordinal);

    /// <summary>By device, its interfaces in their own order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<InterfaceInfo>> Config => config;

    /// <summary>By device, why its answer could not be read.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    /// <summary>What to ask, or none where the platform's definition does not say (<c>interfaces</c>).</summary>
    public static IReadOnlyList<string> CommandsFor(Platform platform) => platform.Interfaces?.Commands ?? [];

    /// <summary>Reads one device's answers.</summary>
    /// <exception cref="FormatException">They are not in the form that the platform's definition promises.</exception>
    public static IReadOnlyList<InterfaceInfo> Read(InterfaceSource source, IEnumerable<string> answers)
    {
        var text = string.Join('\n', answers);
        return source.Form switch
        {
            InterfaceForm.Junos => JunosInterfaces.Read(text),
            InterfaceForm.Frr => KernelInterfaces.Frr(text),
            InterfaceForm.Linux => KernelInterfaces.Linux(text),
            _ => IosInterfaces.Read(text),
        };
    }

    /// <summary>Reads one device's answers and keeps them, or why they cannot be read.</summary>
    public void Add(NetDevice device, Platform platform, IEnumerable<string> answers)
    {
        if (platform.Interfaces is not { } source)
        {
            errors[device.Name] = $"nobody has written down how {platform.Title} tells of its interfaces ({platform.Id}.interfaces)";
            return;
        }

        try
        {
            config[device.Name] = Read(source, answers);
        }
        catch (FormatException unreadable)
        {
            errors[device.Name] = unreadable.Message;
        }
    }
}
