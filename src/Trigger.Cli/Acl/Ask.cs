namespace Trigger.Cli.Acl;

/// <summary>A question to the person at the terminal. Nobody there answers no.</summary>
internal static class Ask
{
    public static bool YesNo(string question, bool usual)
    {
        Console.Write($"{question} {(usual ? "(Y/n)" : "(y/N)")} ");
        var answer = Console.ReadLine();
        if (answer is null)
            Console.WriteLine();
        return answer?.Trim() switch { null => false, "" => usual, var word => word[0] is 'y' or 'Y' };
    }
}
