using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// Logs in, one method after the other in the order of the dial, each key and each other method at most once and only while the server lists it. What the server
/// accepts in part (RFC 4252 §5.1) leads on to the methods that it then lists. Never waits: a step ends when libssh has nothing more to do.
/// </summary>
internal sealed unsafe class SshAuthentication
{
    private readonly SshSecrets secrets;
    private readonly string userName;
    private readonly List<Attempt> attempts = [];
    private readonly List<string> tried = [];
    private readonly List<string> accepted = [];
    private readonly SshAnswers answers;
    private Attempt? current;

    internal SshAuthentication(SshSecrets secrets, string userName, IReadOnlyList<SshMethod> methods, bool canAsk)
    {
        this.secrets = secrets;
        this.userName = userName;
        answers = new SshAnswers(secrets, userName, canAsk);
        foreach (var method in methods)
            Plan(method, canAsk);
    }

    internal enum Verdict
    {
        Waiting,
        Asking,
        Accepted,
        Refused,
        Lost,
    }

    internal WireFault Refusal(nint session) => new WireFault.AuthenticationRefused(userName, [.. tried], Methods(session)) { Accepted = [.. accepted] };

    internal Verdict Step(nint session)
    {
        while (true)
        {
            current ??= Next(LibSsh.ssh_userauth_list(session, 0));
            if (current is null)
                return Verdict.Refused;

            switch (current.Try(session))
            {
                case LibSsh.AuthAgain:
                    return Verdict.Waiting;

                case LibSsh.AuthSuccess:
                    return Verdict.Accepted;

                case LibSsh.AuthInfo when answers.Give(session) is var outcome && outcome != SshAnswers.Outcome.Given:
                    return outcome == SshAnswers.Outcome.Unknown ? Verdict.Asking : Verdict.Refused;

                case LibSsh.AuthInfo:
                    break;

                case LibSsh.AuthPartial:
                    accepted.Add(current.Name);
                    current = null;
                    break;

                default:
                    // Denied; an error may be the method's own (no agent) or the line's.
                    if (SshLink.IsClosed(session))
                        return Verdict.Lost;
                    current = null;
                    break;
            }
        }
    }

    private static List<string> Methods(nint session)
    {
        (int Bit, string Name)[] names =
        [
            (LibSsh.MethodPublicKey, "publickey"), (LibSsh.MethodPassword, "password"),
            (LibSsh.MethodInteractive, "keyboard-interactive"), (LibSsh.MethodHostBased, "hostbased"), (LibSsh.MethodGssapi, "gssapi-with-mic"),
        ];
        var allowed = LibSsh.ssh_userauth_list(session, 0);
        return [.. names.Where(method => (allowed & method.Bit) != 0).Select(method => method.Name)];
    }

    private void Plan(SshMethod method, bool canAsk)
    {
        switch (method)
        {
            case SshMethod.Keys:
                foreach (var (_, key) in secrets.Keys)
                    attempts.Add(new Attempt(LibSsh.MethodPublicKey, "publickey", session => LibSsh.ssh_userauth_publickey(session, userName, key)));
                break;
            case SshMethod.Agent when secrets.UseAgent:
                attempts.Add(new Attempt(LibSsh.MethodPublicKey, "publickey", session => LibSsh.ssh_userauth_agent(session, userName)));
                break;
            case SshMethod.Password when secrets.Password is { } password:
                attempts.Add(new Attempt(
                    LibSsh.MethodPassword, "password", session => LibSsh.ssh_userauth_password(session, userName, password.Pointer)));
                break;
            case SshMethod.KeyboardInteractive when secrets.Password is not null || secrets.Answers.Count > 0 || canAsk:
                attempts.Add(new Attempt(
                    LibSsh.MethodInteractive, "keyboard-interactive", session => LibSsh.ssh_userauth_kbdint(session, userName, null)));
                break;
        }
    }

    private Attempt? Next(int allowed)
    {
        var next = attempts.Find(attempt => (attempt.Method & allowed) != 0);
        if (next is null)
            return null;

        attempts.Remove(next);
        if (!tried.Contains(next.Name))
            tried.Add(next.Name);

        return next;
    }

    private sealed record Attempt(int Method, string Name, Func<nint, int> Try);
}
