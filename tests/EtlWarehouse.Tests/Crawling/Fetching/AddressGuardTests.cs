using System.Net;
using EtlWarehouse.Crawling.Fetching;

namespace EtlWarehouse.Tests.Crawling.Fetching;

public sealed class AddressGuardTests
{
    [TestCase("61.150.65.235", true)]
    [TestCase("2408:8756::1", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("127.8.9.10", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("172.32.0.1", true)]            // just outside 172.16.0.0/12
    [TestCase("192.168.1.1", false)]
    [TestCase("169.254.169.254", false)]      // where clouds keep their secrets
    [TestCase("100.64.0.1", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fd12:3456::1", false)]
    [TestCase("::ffff:127.0.0.1", false)]     // IPv4 in disguise
    [TestCase("::ffff:61.150.65.235", true)]
    [TestCase("64:ff9b::7f00:1", false)]      // IPv4 behind a translator
    public void IsPublic_Address_IsJudged(string address, bool expected) =>
        Assert.That(AddressGuard.IsPublic(IPAddress.Parse(address)), Is.EqualTo(expected));
}
