from flask import Flask
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


def create_app():
    app = Flask(__name__)

    from app.auth import bp as auth_bp
    from app.main import bp

    app.register_blueprint(auth_bp, url_prefix="/auth")
    app.register_blueprint(bp)

    @app.route("/ping")
    def ping():
        return "pong"

    return app
