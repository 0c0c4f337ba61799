namespace Trigger.Devices.Platforms;

/// <summary>Reads the part <c>change</c> of a definition.</summary>
internal static class ChangeReader
{
    /// <summary>Null when the definition does not say how it is changed.</summary>
    public static ChangeDialogue? Read(DefinitionReader platform, string id)
    {
        if (platform.Part("change") is not { } part)
            return null;

        var dialogue = new ChangeDialogue
        {
            Candidate = part.Flag("candidate", false),
            Enter = part.Texts("enter"),
            Replace = part.Texts("replace"),
            ReplaceCommit = part.Texts("replace-commit"),
            Compare = part.Texts("compare"),
            Nothing = part.Pattern("nothing", (patterns, text) => patterns.InALine(text)),
            Commit = part.Texts("commit"),
            Leave = part.Texts("leave"),
            Abort = part.Texts("abort"),
            Undo = part.Texts("undo"),
            UndoIsComputed = part.Flag("undo-is-computed", false),
            Single = part.Pattern("single", (patterns, text) => patterns.Build($"^(?:{text}) ")),
            Mark = part.Texts("mark"),
            Tidy = part.Texts("tidy"),
            Save = part.Texts("save"),
            ReadInside = part.Text("read-inside"),
            Answers = Answers(part),
            Trial = Trial(part),
            Reload = Reload(part),
        };
        Complete(part, dialogue, id);
        part.NothingElse();
        return dialogue;
    }

    private static void Complete(DefinitionReader part, ChangeDialogue dialogue, string id)
    {
        if (dialogue.Enter.Count == 0 || dialogue.Commit.Count == 0)
            part.Mistake(part.Config.Origin, $"{id}.change needs both enter and commit: where lines are typed, and how one leaves.");
        if (dialogue.Candidate && dialogue.Abort.Count == 0)
            part.Mistake(part.Config.Origin, $"{id}.change has a candidate and no abort, so nothing could be looked at without being committed. Add abort = [\"…\"]");
        if (dialogue.Single is not null && !dialogue.UndoIsComputed)
            part.Mistake("single", "is for a way back that is computed (undo-is-computed).");
        if (dialogue.Undo.Count > 0 && dialogue.UndoIsComputed)
            part.Mistake("undo-is-computed", "is true although undo says how to go back; say one of them.");
    }

    private static TrialDialogue? Trial(DefinitionReader change)
    {
        if (change.Part("trial") is not { } part)
            return null;

        var trial = new TrialDialogue { Enter = part.Texts("enter"), Commit = part.Texts("commit"), Confirm = part.Texts("confirm"), Cancel = part.Texts("cancel"), Longest = part.Number("longest", 60) };
        if (trial.Confirm.Count == 0 || (trial.Enter.Count == 0) == (trial.Commit.Count == 0))
            part.Mistake(part.Config.Origin, "a trial needs confirm, and either enter or commit: from where its time runs.");
        part.NothingElse();
        return trial;
    }

    private static ReloadDialogue? Reload(DefinitionReader change)
    {
        if (change.Part("reload") is not { } part)
            return null;

        var reload = new ReloadDialogue(part.Texts("schedule"), part.Texts("cancel")) { Answers = Answers(part) };
        if (reload.Schedule.Count == 0 || reload.Cancel.Count == 0)
            part.Mistake(part.Config.Origin, "a reload needs both schedule and cancel.");
        part.NothingElse();
        return reload;
    }

    private static List<ChangeAnswer> Answers(DefinitionReader from)
    {
        var answers = new List<ChangeAnswer>();
        foreach (var part in from.Parts("answers"))
        {
            var asked = part.Required("asked", "\"\"\"proceed\\?\"\"\"");
            _ = part.Build("asked", asked, (patterns, text) => patterns.AtTheEnd(text));
            answers.Add(new ChangeAnswer(asked, part.Text("answer")));
            part.NothingElse();
        }

        return answers;
    }
}
