using System.CommandLine;
using System.Text;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Node;

namespace Trigger.Cli.Device;

/// <summary><c>trigger device convert</c>: writes an inventory in another format.</summary>
internal sealed class ConvertVerb
{
    private const string Sqlite = "sqlite";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "json", [".csv"] = "csv", [".xml"] = "xml", [".sqlite"] = Sqlite, [".sqlite3"] = Sqlite, [".db"] = Sqlite,
    };

    private readonly Option<string?> to = new("--to") { Description = "The file to write, which must not exist yet. Default: standard output.", HelpName = "FILE" };
    private readonly Option<string?> format = new("--format") { Description = "json, csv, xml, sqlite, rancid, ansible or nornir. Default: what the file's name says.", HelpName = "FORMAT" };
    private readonly Option<bool> passwords = new("--passwords") { Arity = ArgumentArity.Zero, Description = "Write the rows' own passwords, too; into a file of mode 0600 only." };
    private readonly Option<string> table = new("--table") { Description = "The table of an SQLite file.", HelpName = "NAME", DefaultValueFactory = _ => InventoryTable.UsualName };
    private readonly InventoryOptions inventory = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ConvertVerb();
        verb.format.AcceptOnlyFromAmong([.. InventoryWriter.Formats, Sqlite]);
        var convert = new Command("convert", "Writes an inventory in another format, under the same field names. Devices that are not in production are written, too.") { verb.to, verb.format, verb.passwords, verb.table };
        verb.inventory.AddTo(convert);
        convert.SetAction(verb.Act);
        examples.Add(convert, "trigger device convert --inventory netdevices.xml --to netdevices.json\ntrigger device convert --inventory netdevices.xml --to netdevices.db\ntrigger device convert --inventory /var/lib/rancid --on site=AMS --format ansible > hosts.yml");
        return convert;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var file = line.GetValue(to);
        var written = line.GetValue(format) ?? (file is null ? null : ByExtension.GetValueOrDefault(Path.GetExtension(file)));
        if (written is null)
            mistakes.Add($"{(file is null ? "Standard output has" : $"{file} has")} no name that tells the format: say --format {string.Join(", ", InventoryWriter.Formats)} or {Sqlite}.");
        if (written == Sqlite && file is null)
            mistakes.Add("An SQLite database is a file: say --to FILE.");
        if (line.GetValue(passwords) && file is null)
            mistakes.Add("Passwords are written into a file only: say --to FILE.");
        if (file is not null && Path.Exists(file))
            mistakes.Add($"{file} is there already. Move it away, or write another.");
        var loaded = InventoryOptions.Load(inventory.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        IReadOnlyList<NetDevice> chosen = mistakes.Any || inventory.Selection(line).Length == 0 ? loaded?.All ?? [] : inventory.Choose(line, loaded, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        var left = new List<string>();
        try
        {
            Write(line, file, written!, chosen, left);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(failure.Message);
            return mistakes.Say(Console.Error);
        }

        if (!line.GetValue(passwords) && chosen.Count(device => device.LoginPassword is not null || device.EnablePassword is not null) is > 0 and var secret)
            Console.Error.WriteLine($"trigger: the passwords of {secret} device{(secret == 1 ? "" : "s")} were left out (--passwords).");
        if (left.Count > 0)
            Console.Error.WriteLine($"trigger: {written} has no room for {string.Join(", ", left)}; left out.");
        if (file is not null)
            Console.Error.WriteLine($"{chosen.Count} device{(chosen.Count == 1 ? "" : "s")} written to {file}.");
        return ExitCode.AllWell;
    }

    private void Write(ParseResult line, string? file, string written, IReadOnlyList<NetDevice> chosen, List<string> left)
    {
        if (file is null)
        {
            Console.Write(InventoryWriter.Text(written, chosen, passwords: false, left));
            return;
        }

        // Made empty with its mode before anything secret is in it.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (line.GetValue(passwords) && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var made = new FileStream(file, options))
        {
            if (written != Sqlite)
                made.Write(Encoding.UTF8.GetBytes(InventoryWriter.Text(written, chosen, line.GetValue(passwords), left)));
        }

        if (written == Sqlite)
            InventoryTable.Write(file, line.GetValue(table)!, chosen, line.GetValue(passwords));
    }
}
