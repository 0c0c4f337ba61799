namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Ansible's connection variables under our names.</summary>
internal static class AnsibleVariables
{
    /// <summary>The field a variable becomes, or null for one that says nothing about a device.</summary>
    public static string? FieldOf(string variable) => variable switch
    {
        "ansible_host" or "ansible_ssh_host" => "address",
        "ansible_port" or "ansible_ssh_port" => "port",
        "ansible_network_os" => "platform",
        "ansible_connection" => "protocol",
        "ansible_user" or "ansible_ssh_user" => "username",
        "ansible_password" or "ansible_ssh_pass" => "loginPW",
        "ansible_become_password" or "ansible_become_pass" => "enablePW",
        _ => variable.StartsWith("ansible_", StringComparison.Ordinal) ? null : variable,
    };

    /// <summary>What the value means there; null when it means nothing, such as a connection that is no protocol of ours.</summary>
    public static string? ValueOf(string field, string? value) => field switch
    {
        "protocol" => value switch
        {
            null => null,
            _ when value.EndsWith("telnet", StringComparison.OrdinalIgnoreCase) => "telnet",
            "local" or "httpapi" or "ansible.netcommon.httpapi" => null,
            _ => "ssh",
        },

        // An expression is for Ansible to work out.
        _ => value is null || value.Contains("{{", StringComparison.Ordinal) ? null : value,
    };
}
