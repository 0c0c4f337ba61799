using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Jobs.Plays;

namespace Trigger.Node;

/// <summary>Runs a <see cref="Commando{TResult}"/>: a journaled run like any other, whose answers become results.</summary>
public static class CommandoRunner
{
    /// <summary>Runs it to its end. Every device has a result or an error in the report.</summary>
    /// <param name="like">Parallelism, limits and policy; its commands are not looked at.</param>
    /// <exception cref="NodeException">The run was declined, or the journal failed; what was sent until then is on record.</exception>
    public static async Task<CommandoReport<TResult>> Execute<TResult>(
        this TriggerNode node, Commando<TResult> work, IEnumerable<NetDevice> devices, CredentialBook credentials, RunSpec like)
    {
        var answers = new CommandoAnswers<TResult>(work, devices);
        var run = node.Submit(answers.Spec(like), answers.Devices, credentials, setOf: answers.SetOf);
        await foreach (var news in run.News)
        {
            switch (news)
            {
                case RunNews.Declined declined:
                    throw new NodeException(declined.Reason, new InvalidOperationException(declined.Reason));
                case RunNews.Broke broke:
                    throw new NodeException(broke.Reason, new InvalidOperationException(broke.Reason));
                default:
                    answers.Take(news);
                    break;
            }
        }

        return answers.Report(like.Id);
    }
}
