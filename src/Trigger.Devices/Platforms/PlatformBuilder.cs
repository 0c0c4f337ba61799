using System.Text.RegularExpressions;
using Trigger.Hocon;

namespace Trigger.Devices.Platforms;

/// <summary>Makes a <see cref="Platform"/> of its definition, or a list of what is wrong with it.</summary>
internal sealed class PlatformBuilder
{
    // Stands in where a pattern is missing or broken; the platform is thrown away then, but the rest of it can still be checked.
    private static readonly Regex Never = new Patterns(Proven: true).Build("[^\\s\\S]");

    private readonly DefinitionReader reader;
    private readonly string id;

    private PlatformBuilder(string id, DefinitionReader reader)
    {
        this.id = id;
        this.reader = reader;
    }

    public static Platform? Build(string id, Config definition, List<string> mistakes)
    {
        var before = mistakes.Count;
        var platform = new PlatformBuilder(id, new DefinitionReader(definition, id, mistakes)).Platform();
        return mistakes.Count == before ? platform : null;
    }

    private Platform Platform()
    {
        var modes = Modes(out var prompts);
        var samples = Samples(prompts);
        var platform = new Platform
        {
            Id = id,
            Title = reader.Text("title", id),
            Vendor = reader.Required("vendor", "cisco"),
            Protocol = Protocol(),
            Modes = modes,
            WorkMode = WorkMode(modes),
            Login = Login(),
            Enable = Enable(),
            Configure = Configure(),
            LoadAcl = LoadAcl(),
            Change = ChangeReader.Read(reader, id),
            Backup = Backup(samples),
            Interfaces = Interfaces(),
            Signs = Signs(),
            Quirks = reader.Texts("quirks"),
            UserNameSuffix = reader.Text("user-name-suffix"),
            OnOpen = reader.Texts("on-open"),
            OnClose = reader.Text("on-close"),
            Pager = reader.Pattern("pager", (patterns, text) => patterns.AtTheEnd(text)),
            PagerAnswer = reader.Text("pager-answer", " "),
            Failures = [.. reader.Texts("failures").Select(text => reader.Build("failures", text, (patterns, text) => patterns.InALine(text))).OfType<Regex>()],
            LogLines = [.. reader.Texts("log-lines").Select(text => reader.Build("log-lines", text, (patterns, text) => patterns.InALine(text))).OfType<Regex>()],
            LogCommands = reader.Pattern("log-commands", (patterns, text) => patterns.WholeCommand(text)),
            AbortKey = reader.Text("abort-key"),
            StatusOk = reader.Text("status-ok") is { Length: > 0 } ok ? ok : null,
            Confirmations = [.. Questions(reader, "confirmations")],
            Reads = Reads(),
            LineEnd = reader.Required("line-end", "\"\\n\""),
            TelnetLineEnd = reader.Required("telnet-line-end", "\"\\r\\n\""),
            Terminal = reader.Flag("terminal", true),
            Echo = reader.Flag("echo", true),
            LegacySsh = reader.Flag("legacy-ssh", false),
            TelnetFallback = reader.Flag("telnet-fallback", false),
            Limits = Limits(),
            Samples = samples,
        };
        reader.NothingElse();
        return platform;
    }

    private Protocol Protocol()
    {
        var written = reader.Text("protocol", "ssh");
        if (Enum.TryParse<Protocol>(written, ignoreCase: true, out var protocol) && Enum.IsDefined(protocol))
            return protocol;
        reader.Mistake("protocol", $"is \"{written}\", which is not ssh or telnet.");
        return Devices.Protocol.Ssh;
    }

    private List<PlatformMode> Modes(out List<(string, string)> prompts)
    {
        prompts = [];
        var modes = new List<PlatformMode>();
        if (reader.Part("modes") is { } definitions)
        {
            foreach (var name in definitions.Config.Keys)
            {
                if (definitions.Part(name) is not { } definition)
                    continue; // Null takes an inherited mode away.
                var prompt = definition.Required("prompt", "\"\"\"(?<host>[\\w.\\-]+)#\"\"\"");
                var mode = new PlatformMode(name, definition.Build("prompt", prompt, (patterns, text) => patterns.WholeLine(text)) ?? Never, definition.Required("shown", "\"%h#\""));
                foreach (var example in definition.Texts("examples").Prepend(mode.Shown))
                    prompts.Add((name, example));
                definition.NothingElse();
                modes.Add(mode);
            }
        }

        if (modes.Count == 0)
            reader.Mistake(reader.Config.Origin, $"{id} has no modes, so none of its prompts can be recognised. Add modes {{ work {{ prompt = …, shown = … }} }}");
        return modes;
    }

    private string WorkMode(List<PlatformMode> modes)
    {
        var name = reader.Required("work-mode", "privileged");
        if (name.Length > 0 && !modes.Exists(mode => mode.Name == name))
            reader.Mistake("work-mode", $"is \"{name}\", which is none of its modes: {string.Join(", ", modes.Select(mode => mode.Name))}.");
        return name;
    }

    private LoginDialogue Login()
    {
        var login = reader.Part("login");
        if (login is null)
            reader.Mistake(reader.Config.Origin, $"{id} has no login. Inherit one: {id} = ${{bases.any}} {{ … }}");
        var dialogue = new LoginDialogue
        {
            UserName = login?.Pattern("user-name", (patterns, text) => patterns.AtTheEnd(text)) ?? Never,
            Password = login?.Pattern("password", (patterns, text) => patterns.AtTheEnd(text)) ?? Never,
            Refused = login?.Pattern("refused", (patterns, text) => patterns.InALineIgnoringCase(text)) ?? Never,
            Questions = login is null ? [] : [.. Questions(login, "questions")],
        };
        login?.NothingElse();
        return dialogue;
    }

    private EnableDialogue? Enable()
    {
        if (reader.Part("enable") is not { } enable)
            return null;
        var dialogue = new EnableDialogue(
            enable.Required("send", "enable"),
            enable.Pattern("user-name", (patterns, text) => patterns.AtTheEnd(text)),
            enable.Pattern("password", (patterns, text) => patterns.AtTheEnd(text)) ?? Never,
            enable.Pattern("refused", (patterns, text) => patterns.InALineIgnoringCase(text)) ?? Never);
        enable.NothingElse();
        return dialogue;
    }

    private ConfigDialogue? Configure()
    {
        if (reader.Part("configure") is not { } configure)
            return null;
        var dialogue = new ConfigDialogue(
            configure.Text("enter"), configure.Text("leave"), configure.Texts("commit"), configure.Texts("save"), configure.Texts("rollback"), configure.Text("compare"))
        {
            LoadsText = configure.Flag("loads-text", false),
            FullCommit = configure.Texts("full-commit"),
        };
        configure.NothingElse();
        return dialogue;
    }

    private AclLoading? LoadAcl()
    {
        if (reader.Part("load-acl") is not { } part)
            return null;
        var loading = new AclLoading(part.Required("dialect", "ios"), part.Text("command"), part.Flag("comments", true), part.Config.HasPath("interval") ? part.Duration("interval") : null);
        if (loading.Command.Length > 0 && !loading.Command.Contains(AclLoading.Url, StringComparison.Ordinal) && !loading.Command.Contains(AclLoading.File, StringComparison.Ordinal))
            part.Mistake("command", $"names no file. Write {AclLoading.Url} where the device wants a URL, or {AclLoading.Server} and {AclLoading.File}.");
        part.NothingElse();
        return loading;
    }

    private ConfigBackup Backup(PlatformSamples samples)
    {
        var backup = reader.Part("backup") ?? new DefinitionReader(Config.Empty, $"{id}.backup", []);
        var commands = backup.Texts("commands") is { Count: > 0 } named ? named : samples.ShowConfig.Length > 0 ? [samples.ShowConfig] : (IReadOnlyList<string>)[];
        var secrets = AnyOf(backup, "secrets");
        if (secrets is not null && !secrets.GetGroupNames().Contains("secret"))
            backup.Mistake("secrets", "has no group (?<secret>…), so nothing says what is to be hidden.");
        var read = new ConfigBackup(commands, AnyOf(backup, "volatile"), secrets, backup.Pattern("ends", (patterns, text) => patterns.WholeLine(text)));
        backup.NothingElse();
        return read;
    }

    private static Regex? AnyOf(DefinitionReader from, string key) =>
        from.Texts(key) is { Count: > 0 } alternatives ? from.Build(key, string.Join('|', alternatives.Select(alternative => $"(?:{alternative})")), (patterns, text) => patterns.InALine(text)) : null;

    private InterfaceSource? Interfaces()
    {
        if (reader.Part("interfaces") is not { } interfaces)
            return null;
        var written = interfaces.Text("form", "ios");
        if (!Enum.TryParse<InterfaceForm>(written, ignoreCase: true, out var form) || char.IsAsciiDigit(written[0]))
            interfaces.Mistake("form", $"is \"{written}\", which is not ios, junos, frr or linux.");
        var commands = interfaces.Texts("commands");
        if (commands.Count == 0)
            interfaces.Mistake(interfaces.Config.Origin, $"{id}.interfaces has no commands. Add some, such as commands = [\"show running-config\"]");
        interfaces.NothingElse();
        return new InterfaceSource(commands, form);
    }

    private PlatformSigns Signs()
    {
        if (reader.Part("detect") is not { } detect)
            return new PlatformSigns();
        var signs = new PlatformSigns
        {
            Identification = Sign("ident"),
            Login = Sign("login"),
            Prompt = Sign("prompt"),
            Command = detect.Text("command"),
            Answer = Sign("answer"),
            Shown = detect.Text("shown"),
            Harmless = detect.Pattern("harmless", (patterns, text) => patterns.WholeCommand(text)),
        };
        detect.NothingElse();
        return signs;

        Regex? Sign(string key) => detect.Pattern(key, (patterns, text) => patterns.InALineIgnoringCase(text));
    }

    private static IEnumerable<Question> Questions(DefinitionReader from, string key)
    {
        foreach (var part in from.Parts(key))
        {
            var asked = part.Required("asked", "\"\"\"\\[confirm\\]\"\"\"");
            var question = part.Build("asked", asked, (patterns, text) => patterns.AtTheEnd(text));
            var answer = part.Text("answer");
            var singleKey = part.Flag("single-key", false);
            part.NothingElse();
            if (question is not null)
                yield return new Question(question, answer, singleKey);
        }
    }

    private Regex Reads()
    {
        var alternatives = reader.Texts("reads");
        var joined = string.Join('|', alternatives.Select(alternative => $"(?:{alternative})"));
        return alternatives.Count == 0 ? Never : reader.Build("reads", joined, (patterns, text) => patterns.WholeCommand(text)) ?? Never;
    }

    private PlatformLimits Limits()
    {
        var limits = reader.Part("limits") ?? new DefinitionReader(Config.Empty, $"{id}.limits", []);
        if (!reader.Config.HasPath("limits"))
            reader.Mistake(reader.Config.Origin, $"{id} has no limits. Inherit them: {id} = ${{bases.any}} {{ … }}");
        var read = new PlatformLimits
        {
            Dial = limits.Duration("dial"),
            Handshake = limits.Duration("handshake"),
            Login = limits.Duration("login"),
            Enable = limits.Duration("enable"),
            Command = limits.Duration("command"),
            Settle = limits.Duration("settle"),
            Output = (int)Math.Clamp(limits.Bytes("output"), 0, int.MaxValue),
        };
        foreach (var key in limits.Config.Keys)
        {
            if (limits.Config.HasPath(key) && key is not "output" && limits.Duration(key) <= TimeSpan.Zero)
                limits.Mistake(key, "must be longer than nothing.");
        }

        limits.NothingElse();
        return read;
    }

    private PlatformSamples Samples(List<(string, string)> prompts)
    {
        var samples = reader.Part("samples") ?? new DefinitionReader(Config.Empty, $"{id}.samples", []);
        var commands = samples.Part("commands") ?? new DefinitionReader(Config.Empty, $"{id}.samples.commands", []);
        var read = new PlatformSamples
        {
            Banner = samples.Text("banner"),
            UserName = samples.Text("user-name"),
            Password = samples.Text("password"),
            LoginRefused = samples.Text("login-refused"),
            EnablePassword = samples.Text("enable-password"),
            EnableRefused = samples.Text("enable-refused"),
            Pager = samples.Text("pager"),
            PagingOff = samples.Text("paging-off"),
            Error = samples.Text("error"),
            AnswerEnd = samples.Text("answer-end"),
            StatusPrompt = samples.Text("status-prompt"),
            Exit = samples.Texts("exit"),
            Reads = samples.Texts("reads"),
            Writes = samples.Texts("writes"),
            Prompts = prompts,
            ShowVersion = commands.Text("version"),
            ShowClock = commands.Text("clock"),
            ShowConfig = commands.Text("config"),
            ShowInventory = commands.Text("inventory"),
        };
        samples.NothingElse();
        commands.NothingElse();
        return read;
    }
}
