namespace Trigger.Jobs.Policing;

/// <summary>Who somebody is to a command policy. The words are those of a node's tokens.</summary>
public enum PolicyRole
{
    Viewer,
    Operator,
    Admin,
}
