using Microsoft.Extensions.Configuration;

namespace Trigger.Hocon.Extensions.Configuration;

/// <summary>HOCON among the sources of an <see cref="IConfiguration"/>.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>Adds a HOCON file. Lists appear under counted keys, <c>a.b</c> as <c>a:b</c>; null values and missing optional substitutions are left out.</summary>
    /// <param name="builder">Later sources override earlier ones.</param>
    /// <param name="path">Relative to the current directory, unless rooted.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <param name="reloadOnChange">Whether to read again when the file, or any file it includes, changes. A change that cannot be read leaves the last good values in force.</param>
    /// <param name="reloadFailed">Told why a change was not taken.</param>
    /// <exception cref="ConfigException">Thrown by <c>Build</c> when the file is missing or not HOCON.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false, Action<ConfigException>? reloadFailed = null) =>
        builder.Add(new HoconConfigurationSource { Path = path, Optional = optional, ReloadOnChange = reloadOnChange, ReloadFailed = reloadFailed });

    /// <summary>Adds a configuration that has been read already.</summary>
    public static IConfigurationBuilder AddHocon(this IConfigurationBuilder builder, Config config) =>
        builder.AddInMemoryCollection(HoconKeys.Of(config));
}
