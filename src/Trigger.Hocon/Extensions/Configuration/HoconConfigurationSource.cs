using Microsoft.Extensions.Configuration;

namespace Trigger.Hocon.Extensions.Configuration;

/// <summary>A HOCON file as a source of an <see cref="IConfiguration"/>; see <see cref="HoconConfigurationExtensions.AddHoconFile"/>.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    public required string Path { get; init; }

    public bool Optional { get; init; }

    public bool ReloadOnChange { get; init; }

    /// <summary>How long files must have lain still before they are read again: who writes a file empties it first. Default 250 ms.</summary>
    public TimeSpan ReloadDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Told why a change was not taken.</summary>
    public Action<ConfigException>? ReloadFailed { get; init; }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(this);
}
