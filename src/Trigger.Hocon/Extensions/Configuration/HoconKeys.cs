using Microsoft.Extensions.Configuration;

namespace Trigger.Hocon.Extensions.Configuration;

/// <summary>A configuration as the flat keys that <see cref="IConfiguration"/> knows.</summary>
internal static class HoconKeys
{
    public static Dictionary<string, string?> Of(Config config)
    {
        var flat = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in config.AsEnumerable())
            Add(flat, name, value);
        return flat;
    }

    private static void Add(Dictionary<string, string?> flat, string path, ConfigValue value)
    {
        if (value.Kind == ConfigValueKind.Text)
            flat[path] = value.Text;
        foreach (var (name, inner) in value.Fields)
            Add(flat, ConfigurationPath.Combine(path, name), inner);
        foreach (var (index, inner) in value.Items.Index())
            Add(flat, ConfigurationPath.Combine(path, index.ToString()), inner);
    }
}
