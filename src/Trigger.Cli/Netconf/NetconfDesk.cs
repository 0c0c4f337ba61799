using System.CommandLine;
using System.Xml;
using Trigger.Cli.Input;
using Trigger.Sessions;
using Trigger.Wire;
using Trigger.Wire.Netconf;

namespace Trigger.Cli.Netconf;

/// <summary>Does one operation from argv to exit code: mistakes first, then the session, then what the device said.</summary>
internal sealed class NetconfDesk(NetconfTarget target, Dictionary<Command, string> examples)
{
    /// <summary>Makes a sub-verb.</summary>
    /// <param name="prepare">Reads the options and files into what will be done; adds to the mistakes.</param>
    public Command Verb(string name, string description, string example, IEnumerable<Symbol> symbols, Func<ParseResult, Mistakes, Func<NetconfSession, NetconfAnswer, CancellationToken, Task>> prepare)
    {
        var verb = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                verb.Add(option);
            else if (symbol is Argument argument)
                verb.Add(argument);
        }

        verb.SetAction((line, cancel) => Act(name, line, prepare, cancel));
        examples.Add(verb, example);
        return verb;
    }

    private async Task<int> Act(
        string operation, ParseResult line, Func<ParseResult, Mistakes, Func<NetconfSession, NetconfAnswer, CancellationToken, Task>> prepare, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        var act = prepare(line, mistakes);
        using var call = target.Prepare(line, mistakes);
        if (mistakes.Any || call is null)
            return mistakes.Say(Console.Error);

        var answer = new NetconfAnswer(target.Name(line), operation, target.Json(line));
        try
        {
            await using var session = await call.Connect(cancel).ConfigureAwait(false);
            await act(session, answer, cancel).ConfigureAwait(false);
            return ExitCode.AllWell;
        }
        catch (RpcErrorException refused)
        {
            return answer.Refuse(refused.Errors);
        }
        catch (NetconfException failed)
        {
            return answer.Fail(Sentence(failed.Fault, call.UserName));
        }
        catch (XmlException broken)
        {
            return answer.Fail($"The server sent XML that cannot be read: {broken.Message}");
        }
    }

    private static string Sentence(NetconfFault fault, string userName) => fault switch
    {
        // The sessions' words know of handshakes of SSH only.
        NetconfFault.Line { Fault: WireFault.HandshakeFailed failed } when failed.Reason.StartsWith("TLS: ", StringComparison.Ordinal) => $"The TLS handshake failed: {failed.Reason[5..]}",
        NetconfFault.Line line => FaultOf.Line(line.Fault, "connecting", userName, "").Text,
        _ => fault.ToString(),
    };
}
