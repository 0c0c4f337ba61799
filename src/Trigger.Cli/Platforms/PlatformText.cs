using System.Text.Json;
using Spectre.Console;
using Trigger.Cli.Output;
using Trigger.Devices.Platforms;

namespace Trigger.Cli.Platforms;

/// <summary>Platforms as tables, JSON and annotated definitions.</summary>
internal static class PlatformText
{
    public static int List(PlatformCatalog catalog, bool json)
    {
        var platforms = catalog.Ids.Select(catalog.Get);
        if (json)
            WriteJson(platforms, catalog);
        else if (Screens.OutputIsTerminal)
            WriteTable(platforms, catalog);
        else
            WritePlain(platforms);
        return ExitCode.AllWell;
    }

    public static int Show(PlatformCatalog catalog, string id)
    {
        var platform = catalog.Get(id);
        Console.WriteLine($"# {platform.Title}; vendor {platform.Vendor}");
        if (catalog.AliasesOf(id) is { Count: > 0 } others)
            Console.WriteLine($"# also called {string.Join(", ", others)}");
        foreach (var quirk in platform.Quirks)
            Console.WriteLine($"# {quirk}");
        foreach (var value in catalog.Describe(id))
            Console.WriteLine($"{id}.{value.Path} = {value.Value}  # {value.Origin}");
        return ExitCode.AllWell;
    }

    private static void WritePlain(IEnumerable<Platform> platforms)
    {
        foreach (var platform in platforms)
            Console.WriteLine($"{platform.Id}  {platform.Vendor}  {Word(platform)}  {platform.Title}");
    }

    private static void WriteTable(IEnumerable<Platform> platforms, PlatformCatalog catalog)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("platform", "system", "vendor", "protocol", "also called");
        foreach (var platform in platforms)
            table.AddRow(Markup.Escape(platform.Id), Markup.Escape(platform.Title), Markup.Escape(platform.Vendor), Word(platform), Markup.Escape(string.Join(", ", catalog.AliasesOf(platform.Id))));
        AnsiConsole.Write(table);
    }

    private static void WriteJson(IEnumerable<Platform> platforms, PlatformCatalog catalog)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var platform in platforms)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("platform", platform.Id);
                json.WriteString("title", platform.Title);
                json.WriteString("vendor", platform.Vendor);
                json.WriteString("protocol", Word(platform));
                Texts(json, "aliases", catalog.AliasesOf(platform.Id));
                Texts(json, "modes", platform.Modes.Select(mode => mode.Name));
                json.WriteString("workMode", platform.WorkMode);
                Texts(json, "onOpen", platform.OnOpen);
                Texts(json, "save", platform.Configure?.Save ?? []);
                Texts(json, "commit", platform.Configure?.Commit ?? []);
                Texts(json, "quirks", platform.Quirks);
                json.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Word(Platform platform) => platform.Protocol.ToString().ToLowerInvariant();
}
