using System.Reflection;

namespace Trigger.Devices.Platforms;

/// <summary>Where definitions come from: resources of this assembly, and files.</summary>
internal static class DefinitionFiles
{
    private const string Prefix = "built-in:";

    /// <summary>Whether a value's source is one of ours.</summary>
    public static bool IsBuiltIn(string source) => source.StartsWith(Prefix, StringComparison.Ordinal);

    public static IEnumerable<(string Name, Func<string> Read)> BuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string Folder = "Trigger.Devices.Platforms.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (Prefix + resource[Folder.Length..], () =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return reader.ReadToEnd();
            });
        }
    }

    public static IEnumerable<(string Name, Func<string> Read)> Of(string? directory)
    {
        if (directory is null || !Directory.Exists(directory))
            yield break;
        foreach (var file in Directory.EnumerateFiles(directory, "*.conf").Order(StringComparer.Ordinal))
            yield return (file, () => File.ReadAllText(file));
    }
}
