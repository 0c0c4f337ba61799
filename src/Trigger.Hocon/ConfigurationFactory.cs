using System.Reflection;

namespace Trigger.Hocon;

/// <summary>
/// Reads configurations in the manner of Akka.NET's class of this name: substitutions may fall back to the process's environment, and includes are followed.
/// <see cref="Config.Parse(string, string)"/> is the strict door: its text draws on nothing but itself.
/// </summary>
public static class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    /// <summary>Reads a text; includes are looked for in the current directory.</summary>
    /// <exception cref="ConfigException">The text is not HOCON.</exception>
    public static Config ParseString(string hocon) => Config.Parse(hocon, "string", Surroundings(Directory.GetCurrentDirectory()));

    /// <summary>Reads a file; includes are looked for beside it.</summary>
    /// <exception cref="ConfigException">There is no such file, or it is not HOCON.</exception>
    public static Config ParseFile(string path) => Config.ParseFile(path, Surroundings(directory: null));

    /// <summary>Reads an embedded resource, which may not include files.</summary>
    /// <param name="resourceName">Its full name in the assembly.</param>
    /// <param name="assembly">The assembly that holds it.</param>
    /// <exception cref="ConfigException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigException(new ConfigOrigin(resourceName, 1), $"{assembly.GetName().Name} has no embedded resource of this name.");
        using var reader = new StreamReader(stream);
        return Config.Parse(reader.ReadToEnd(), resourceName, Surroundings(directory: null));
    }

    /// <summary>As <see cref="FromResource(string, Assembly)"/>, from the assembly of a type.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads <c>application.conf</c> (or .json, .properties) beside the program, over its <c>reference.conf</c>; neither need be there.</summary>
    public static Config Load() => Config.Parse("include \"reference\"\ninclude \"application\"", "load", Surroundings(AppContext.BaseDirectory));

    private static ConfigReadOptions Surroundings(string? directory) => new() { Directory = directory, Environment = Environment.GetEnvironmentVariable };
}
