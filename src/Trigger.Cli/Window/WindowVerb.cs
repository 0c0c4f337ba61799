using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;

namespace Trigger.Cli.Window;

/// <summary><c>trigger window</c>: when devices may be changed.</summary>
internal sealed class WindowVerb
{
    private readonly Argument<string[]> devices = new("device") { Description = "Names, or a selection.", HelpName = "DEVICE", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> file = new("--windows") { Description = "Where windows are defined. Default: ./hocon/windows.conf, ~/.config/trigger/windows.conf, /etc/trigger/windows.conf; without one, Trigger's own window for all.", HelpName = "FILE" };
    private readonly Option<string> hours = new("--hours") { Description = "How many hours to show.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("window.hours")! };
    private readonly Option<string?> at = new("--at") { Description = "Begin at this moment (2026-11-21T15:00Z) instead of now.", HelpName = "TIME" };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
    private readonly InventoryOptions inventory = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new WindowVerb();
        var window = new Command("window", "Shows when devices may be changed: the next hours, and the next green one.") { verb.devices, verb.file, verb.hours, verb.at, verb.json };
        verb.inventory.AddTo(window);
        window.SetAction(verb.Act);
        examples.Add(window, "trigger window core1 core2\ntrigger window --on site=AMS --hours 72\ntrigger window core1 --at 2026-11-21T15:00Z --json");
        return window;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var count = Numbers.Whole("--hours", line.GetValue(hours)!, 1, 24 * 14, mistakes);
        var from = Moment(line, mistakes);
        var loaded = InventoryOptions.Load(inventory.Files(line, mistakes), PlatformOption.Usual(), mistakes);
        var chosen = Chosen(line, loaded, mistakes);
        var windows = mistakes.Any ? null : Read(line, loaded!, mistakes);
        if (windows is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        foreach (var device in chosen)
        {
            if (line.GetValue(json))
                WriteJson(device, windows.Of(device), from, count);
            else
                WriteText(device, windows.Of(device), from, count);
        }

        return ExitCode.AllWell;
    }

    private IReadOnlyList<NetDevice> Chosen(ParseResult line, NetDevices? loaded, Mistakes mistakes)
    {
        if (line.GetValue(devices) is not { Length: > 0 } named)
            return inventory.Choose(line, loaded, mistakes);
        return inventory.Named(line, named, loaded, mistakes);
    }

    private BounceWindows? Read(ParseResult line, NetDevices loaded, Mistakes mistakes)
    {
        if ((line.GetValue(file) ?? Places.Windows()) is not { } path)
            return BounceWindows.Default;
        var found = new List<string>();
        var windows = BounceWindows.ReadFile(path, loaded, found);
        mistakes.Add(found);
        return windows;
    }

    private DateTimeOffset Moment(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(at) is not { } text)
            return TimeProvider.System.GetUtcNow();
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        mistakes.Add($"--at is '{text}'; write a moment as 2026-11-21T15:00Z.");
        return default;
    }

    private static void WriteText(NetDevice device, BounceWindow window, DateTimeOffset from, int count)
    {
        var green = window.NextOk(BounceStatus.Green, from);
        var now = window.Status(from);
        Console.WriteLine($"{device.Name}  {Word(now)}  {(now == BounceStatus.Green ? "may be changed now" : $"next green {Local(green, window)}")}");
        var first = TimeZoneInfo.ConvertTime(from, window.Zone);
        var strip = Strip(window, from, count);
        if (Screens.OutputIsTerminal && AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors)
            WriteDays([.. strip]);
        else
            Console.WriteLine($"  {string.Concat(strip.Select(hour => Word(hour.Status)[0]))}  from {first.Hour:00}:00 {window.Zone.Id}");
    }

    // A row for each day, an hour under the same hour; a day that daylight saving makes longer is longer, and still within eighty columns.
    private static void WriteDays(IReadOnlyList<(DateTimeOffset Local, BounceStatus Status)> strip)
    {
        foreach (var day in strip.GroupBy(hour => hour.Local.Date))
        {
            AnsiConsole.MarkupLine(
                $"{day.Key.ToString("ddd", CultureInfo.InvariantCulture)}{new string(' ', 3 * day.First().Local.Hour)}{string.Concat(day.Select(hour => $"[black on {Word(hour.Status)}] {hour.Local.Hour:00}[/]"))}");
        }
    }

    private static void WriteJson(NetDevice device, BounceWindow window, DateTimeOffset from, int count)
    {
        using var output = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            to.WriteString("device", device.Name);
            to.WriteString("zone", window.Zone.Id);
            to.WriteString("at", from.ToUniversalTime());
            to.WriteString("status", Word(window.Status(from)));
            to.WriteBoolean("allowable", window.Allowable(from));
            to.WriteString("nextGreen", window.NextOk(BounceStatus.Green, from));
            to.WriteString("nextYellow", window.NextOk(BounceStatus.Yellow, from));
            to.WriteStartArray("hours");
            foreach (var hour in Strip(window, from, count))
            {
                to.WriteStartObject();
                to.WriteString("from", hour.Local);
                to.WriteString("status", Word(hour.Status));
                to.WriteEndObject();
            }

            to.WriteEndArray();
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    // The hours of the device's own clock, beginning with the one under way; the clock's jumps show as a missing or a doubled hour.
    private static IEnumerable<(DateTimeOffset Local, BounceStatus Status)> Strip(BounceWindow window, DateTimeOffset from, int count)
    {
        var local = TimeZoneInfo.ConvertTime(from, window.Zone);
        var start = from.ToUniversalTime() - TimeSpan.FromMinutes(local.Minute) - TimeSpan.FromTicks(local.Ticks % TimeSpan.TicksPerMinute);
        for (var i = 0; i < count; i++)
        {
            var moment = start + TimeSpan.FromHours(i);
            yield return (TimeZoneInfo.ConvertTime(moment, window.Zone), window.Status(moment));
        }
    }

    private static string Local(DateTimeOffset moment, BounceWindow window) =>
        $"{TimeZoneInfo.ConvertTime(moment, window.Zone).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {window.Zone.Id}";

    private static string Word(BounceStatus status) => status.ToString().ToLowerInvariant();
}
