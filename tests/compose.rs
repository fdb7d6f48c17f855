//! The composition for many machines, read as the settings it makes: the program itself would refuse wrong ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use docent::config::{Config, Sources, settings};
use serde_json::{Map, Value};

const OURS: &[&str] = &["api-1", "api-2", "migrate", "worker-1", "worker-2"];
/// They run once, and end.
const ONCE: &[&str] = &["bucket", "migrate"];

#[test]
fn each_variable_is_a_setting_and_all_of_them_work_together() {
    let known: BTreeSet<String> = settings().into_iter().map(|setting| setting.variable.to_owned()).collect();
    for name in OURS {
        let environment =
            environment(&service(name), &|variable| Some(format!("{variable}-with-more-than-32-bytes")));
        let unknown: Vec<_> = environment.keys().filter(|variable| !known.contains(*variable)).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
        // As the commands in there say.
        let arguments = [("DOCENT_WORKER".to_owned(), "off".to_owned())].into();
        let config = Config::load(&Sources { environment, arguments, file: None });
        let config = config.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(config.auth.jwt_secret.reveal().is_some());
        assert!(!config.auth.trusted_proxies.is_empty());
    }
}

#[test]
fn nothing_starts_without_its_secrets() {
    let mut asked = BTreeSet::new();
    for (name, service) in services() {
        for (variable, value) in service["environment"].as_object().unwrap_or(&Map::new()) {
            let value = value.as_str().unwrap_or_else(|| panic!("{name}: {variable} should be quoted"));
            let secret = ["PASSWORD", "SECRET", "KEY", "ROOT", "REDISCLI_AUTH", "DATABASE_URL", "REDIS_URL"]
                .iter()
                .any(|word| variable.contains(word));
            assert_eq!(secret, value.contains("${"), "{name}: {variable}={value}");
            assert_eq!(
                value.matches("${").count(),
                value.matches(":?").count(),
                "{name}: {variable} has a default"
            );
            asked.extend(value.split("${").skip(1).map(|rest| rest.split(":?").next().unwrap().to_owned()));
        }
    }
    let head = read("docker-compose.yml");
    for name in &asked {
        assert!(
            head.split("services:").next().unwrap().contains(name.as_str()),
            "how to make {name} is not said"
        );
    }
    assert_eq!(asked.len(), 6, "{asked:?}");
}

#[test]
fn every_service_is_pinned_watched_and_started_again() {
    for (name, service) in services() {
        let image = service["image"].as_str().unwrap();
        let tag = image.rsplit_once(':').map(|(_, tag)| tag).unwrap_or_default();
        assert!(
            tag.chars().filter(char::is_ascii_digit).count() >= 3,
            "{name}: {image} may be another one tomorrow"
        );
        let once = ONCE.contains(&name.as_str());
        assert_eq!(service["restart"], if once { "no" } else { "unless-stopped" }, "{name}");
        // The nodes' own check is the image's.
        let watched = service["healthcheck"]["test"].is_array() || name.starts_with("api-");
        assert_eq!(watched, !once, "{name}");
    }
    let dockerfile = read("Dockerfile");
    assert!(dockerfile.contains("\nHEALTHCHECK ") && dockerfile.contains("\nUSER docent\n"));
    for line in dockerfile.lines().filter(|line| line.starts_with("FROM ")) {
        assert!(line.contains(':') && !line.contains(":latest"), "{line}");
    }
}

#[test]
fn the_proxy_reaches_every_node_from_the_address_they_trust() {
    let nginx = read("setup/proxy/nginx.conf");
    let services = services();
    for name in services.keys().filter(|name| name.starts_with("api-")) {
        assert!(nginx.contains(&format!("server {name}:8000;")), "{name}");
    }
    assert_eq!(nginx.matches("server api-").count(), 2);
    let address = &services["proxy"]["networks"]["front"]["ipv4_address"];
    assert_eq!(&services["api-1"]["environment"]["TRUSTED_PROXIES"], address);
}

#[test]
fn the_program_understands_its_commands() {
    for (name, service) in services().into_iter().filter(|(name, _)| OURS.contains(&name.as_str())) {
        let program = match service["entrypoint"][0].as_str() {
            Some("docent-worker") => env!("CARGO_BIN_EXE_docent-worker"),
            _ => env!("CARGO_BIN_EXE_docent"),
        };
        let arguments = service["command"].as_array().cloned().unwrap_or_default();
        let arguments = arguments.iter().map(|argument| argument.as_str().unwrap());
        let asked = Command::new(program).args(arguments).arg("--help").output().unwrap();
        assert!(asked.status.success(), "{name}: {}", String::from_utf8_lossy(&asked.stderr));
    }
}

/// The variables of a service, with each `${NAME:?why}` replaced.
fn environment(service: &Value, value: &dyn Fn(&str) -> Option<String>) -> BTreeMap<String, String> {
    let given = service["environment"].as_object().unwrap();
    let filled = |text: &str| {
        let mut parts = text.split("${");
        let mut filled = parts.next().unwrap().to_owned();
        for part in parts {
            let (variable, rest) = part.split_once('}').unwrap();
            filled.push_str(&value(variable.split(":?").next().unwrap()).unwrap());
            filled.push_str(rest);
        }
        filled
    };
    given.iter().map(|(name, text)| (name.clone(), filled(text.as_str().unwrap()))).collect()
}

fn service(name: &str) -> Value {
    services().remove(name).unwrap_or_else(|| panic!("no service {name}"))
}

/// As YAML's own library reads them, anchors and all.
fn services() -> Map<String, Value> {
    let read = Command::new("python3")
        .args([
            "-S",
            "-c",
            "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)",
        ])
        .arg(root().join("docker-compose.yml"))
        .env("PYTHONPATH", root().join(".docent/tests/s3"))
        .output()
        .unwrap();
    assert!(read.status.success(), "run `make test-tools`: {}", String::from_utf8_lossy(&read.stderr));
    let composition: Value = serde_json::from_slice(&read.stdout).unwrap();
    composition["services"].as_object().unwrap().clone()
}

fn read(name: &str) -> String {
    fs_err::read_to_string(root().join(name)).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
