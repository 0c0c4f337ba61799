using System.Reflection;
using Trigger.Hocon;

namespace Trigger.Kernel.Configuration;

/// <summary>Where configurations come from.</summary>
public static class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <exception cref="ConfigurationException">The text is not HOCON; the message names the line.</exception>
    public static Config ParseString(string hocon) => Parse(hocon, "configuration");

    /// <summary>What holds when nothing is configured. Empty here, as every default stands beside the code that uses it; see <see cref="Actor.Settings"/>.</summary>
    public static Config Default() => Config.Empty;

    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no resource named {resourceName}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), resourceName);
    }

    private static Config Parse(string hocon, string source)
    {
        try
        {
            return new Config(Trigger.Hocon.Config.Parse(hocon, source));
        }
        catch (ConfigException mistake)
        {
            throw new ConfigurationException(mistake.Message, mistake);
        }
    }
}
