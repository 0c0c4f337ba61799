using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Cli.Netconf;

/// <summary>The candidate's way: commit, discard, validate.</summary>
internal static class CommitVerbs
{
    public static void AddTo(Command netconf, NetconfDesk desk)
    {
        netconf.Add(Commit(desk));
        netconf.Add(desk.Verb(
            "discard", "Makes the candidate what running is.", "trigger netconf core1 discard", [],
            (_, _) => async (session, answer, cancel) => answer.Print(await session.DiscardChangesAsync(cancel).ConfigureAwait(false))));
        netconf.Add(Validate(desk));
    }

    private static Command Commit(NetconfDesk desk)
    {
        var trial = NetconfInput.Text("--confirm-within", "On trial: the device takes it back after this time, unless it is confirmed. Needs --persist, since this session ends at once.", "TIME");
        var persist = NetconfInput.Text("--persist", "A token for the trial; who shows it may confirm or cancel.", "TOKEN");
        var confirm = NetconfInput.Text("--persist-id", "Confirms, or with --cancel cancels, the trial of that token.", "TOKEN");
        var cancelIt = NetconfInput.Flag("--cancel", "Takes a trial back at once.");
        return desk.Verb(
            "commit", "Makes the candidate the running configuration.",
            "trigger netconf core1 commit\ntrigger netconf core1 commit --confirm-within 5m --persist change-42 && ping -c3 core1 && trigger netconf core1 commit --persist-id change-42",
            [trial, persist, confirm, cancelIt], (line, mistakes) =>
            {
                var within = Numbers.Time("--confirm-within", line.GetValue(trial), mistakes);
                if (within is not null != line.GetValue(persist) is not null)
                    mistakes.Add("--confirm-within and --persist go together: a trial without a token would be taken back when this command's session ends.");

                if (line.GetValue(cancelIt) && within is not null)
                    mistakes.Add("--cancel and --confirm-within exclude each other.");

                return async (session, answer, cancel) => answer.Print(line.GetValue(cancelIt)
                    ? await session.CancelCommitAsync(line.GetValue(confirm), cancel).ConfigureAwait(false)
                    : await session.CommitAsync(
                        within is null ? null : new ConfirmedCommit { Timeout = within, Persist = line.GetValue(persist) }, line.GetValue(confirm), cancel).ConfigureAwait(false));
            });
    }

    private static Command Validate(NetconfDesk desk)
    {
        var source = new Argument<string>("source") { Description = "A datastore, a URL, or a file of ours as ./FILE.", DefaultValueFactory = _ => "candidate", HelpName = "SOURCE" };
        return desk.Verb(
            "validate", "Lets the device check a configuration.", "trigger netconf core1 validate\ntrigger netconf core1 validate ./whole.xml", [source], (line, mistakes) =>
            {
                var what = ChangingVerbs.Source(line.GetValue(source)!, mistakes);
                return async (session, answer, cancel) => answer.Print(await session.ValidateAsync(what!, cancel).ConfigureAwait(false));
            });
    }
}
