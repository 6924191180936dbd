using DoorAgent.Storage;

namespace DoorAgent.Tests.Storage;

public sealed class AccountNumbersTests
{
    [Fact]
    public void AGroupIsFoundByItsWholeName()
    {
        string[] lines = ["root:x:0:", "dooragents:x:7:", "broken", "dooragent:x:998:alice"];
        Assert.Equal(998u, AccountNumbers.IdOf("dooragent", lines));
        Assert.Null(AccountNumbers.IdOf("door", lines));
    }

    [Fact]
    public void RootIsAUserOfEveryMachineAndAnInventedNameIsNot()
    {
        Assert.Equal(0u, AccountNumbers.User("root"));
        Assert.Equal(0u, AccountNumbers.Group("root"));
        Assert.Null(AccountNumbers.User("nobody-has-this-name"));
    }
}
