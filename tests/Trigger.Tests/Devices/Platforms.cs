using Trigger.Devices.Platforms;

namespace Trigger.Tests.Devices;

/// <summary>The built-in platforms, built once for all tests: a catalogue is immutable, and its patterns are the dearest thing in it.</summary>
internal static class Platforms
{
    private static readonly Lazy<PlatformCatalog> Loaded = new(() => PlatformCatalog.Load());

    public static PlatformCatalog BuiltIn => Loaded.Value;
}
