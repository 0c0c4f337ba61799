using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

public sealed class A_login_with_a_key
{
    [Fact]
    public async Task works_with_ed25519()
    {
        var (shown, credentials) = ClientKeys.Ed25519();
        using var lab = Accepting(shown);
        await (await lab.LogIn(credentials)).Heard.Text("router#");
    }

    [Fact]
    public async Task works_with_RSA_by_SHA_2_signatures()
    {
        var (shown, credentials) = ClientKeys.Rsa();
        using var lab = Accepting(shown);
        await (await lab.LogIn(credentials)).Heard.Text("router#");
    }

    [Fact]
    public async Task works_with_an_encrypted_key_and_its_passphrase()
    {
        var (shown, credentials) = ClientKeys.Ed25519(ClientKeys.Passphrase, opensWith: ClientKeys.Passphrase);
        using var lab = Accepting(shown);
        await (await lab.LogIn(credentials)).Heard.Text("router#");
    }

    [Theory]
    [InlineData("guess", "passphrase is wrong")]
    [InlineData(null, "no passphrase was given")]
    public async Task says_which_key_cannot_be_opened(string? passphrase, string why)
    {
        var (shown, credentials) = ClientKeys.Ed25519(ClientKeys.Passphrase, opensWith: passphrase);
        using var lab = Accepting(shown);
        var fault = await (await lab.LogIn(credentials)).Heard.Closed();
        var reason = Assert.IsType<WireFault.Misconfigured>(fault).Reason;
        Assert.Contains("id_test", reason, StringComparison.Ordinal);
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_refused_when_the_server_does_not_know_the_key()
    {
        var (_, credentials) = ClientKeys.Ed25519();
        using var lab = Accepting(HostKeys.Ed25519());
        var refused = Assert.IsType<WireFault.AuthenticationRefused>(await (await lab.LogIn(credentials)).Heard.Closed());
        Assert.Equal(["publickey"], refused.Tried);
        Assert.Equal(["publickey"], refused.Remaining);
    }

    [Fact]
    public async Task goes_on_to_the_password_when_the_key_is_not_known()
    {
        var (_, keys) = ClientKeys.Ed25519();
        using var lab = new SshLab(host => host with { Login = host.Login with { PublicKey = (_, _) => false } });
        var credentials = new LineCredentials { UserName = keys.UserName, Keys = keys.Keys, Password = SshLab.ByPassword().Password };
        await (await lab.LogIn(credentials)).Heard.Text("router#");
    }

    private static SshLab Accepting(HostKey key) => new(host => host with
    {
        Login = new LabSshLogin { PublicKey = (user, shown) => user == SshLab.User && shown.Equals(key) },
    });
}
