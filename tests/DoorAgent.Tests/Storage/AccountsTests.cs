using DoorAgent.Storage;

namespace DoorAgent.Tests.Storage;

public sealed class AccountsTests
{
    [Fact]
    public void AGroupIsFoundByItsWholeName()
    {
        string[] lines = ["root:x:0:", "dooragents:x:7:", "broken", "dooragent:x:998:alice"];
        Assert.Equal(998u, Accounts.IdOf("dooragent", lines));
        Assert.Null(Accounts.IdOf("door", lines));
    }

    [Fact]
    public void RootIsAUserOfEveryMachineAndAnInventedNameIsNot()
    {
        Assert.Equal(0u, Accounts.User("root"));
        Assert.Equal(0u, Accounts.Group("root"));
        Assert.Null(Accounts.User("nobody-has-this-name"));
    }
}
